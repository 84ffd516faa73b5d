package io.flexir.worker.choice;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.ModelChoice.Reason;
import io.flexir.worker.choice.Suitability.NoneSuits;
import io.flexir.worker.choice.Suitability.Suits;
import io.flexir.worker.estimate.ImageEstimate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of several models suits an image: one against JPEG artefacts for a JPEG file of low
 * quality, else one against noise. No model is better than one that takes away what is no flaw. The
 * constants were chosen on held-out training images, see {@code 0075-auto.md} of the decisions.
 */
public final class ModelRule {
    /**
     * A JPEG model is taken for files of a quality this much better than it was trained for, too:
     * their artefacts are of the same kind, only weaker.
     */
    static final int JPEG_REACH = 10;

    /**
     * From this estimate on, noise outweighs the artefacts of a JPEG file of low quality. Texture
     * alone reaches 9.4 at quality 50.
     */
    static final double NOISY_JPEG_SIGMA = 10;

    /**
     * Images without noise, or with noise of up to 5 levels, stay under this whatever their
     * texture; a model of one level would blur them.
     */
    static final double TEXTURE_SIGMA = 14.5;

    /** A model of one level is taken for noise within this of it; the estimate is as exact. */
    static final double LEVEL_TOLERANCE = 3;

    /**
     * What subsampled chroma leaves of white noise in three channels: that of BT.601 luma, the norm
     * of its weights.
     */
    static final double LUMA_SHARE = 0.668;

    /**
     * A model of one level is taken for noise that subsampled chroma made gray within this of it:
     * one of many levels does not know it for noise.
     */
    static final double GRAY_NOISE_TOLERANCE = 15;

    /** A model that was trained with noise of so little leaves images without noise as they are. */
    static final double NEARLY_NONE = 1;

    private ModelRule() {}

    /** The model that suits best. */
    public static Suitability choose(ImageEstimate image, List<GrantedModel> models) {
        return againstArtefacts(image, models)
                .or(() -> againstGrayNoise(image, models))
                .or(() -> againstNoise(image.noiseSigma(), models))
                .<Suitability>map(suits -> suits)
                .orElseGet(NoneSuits::new);
    }

    private static Optional<Suits> againstArtefacts(
            ImageEstimate image, List<GrantedModel> models) {
        if (image.jpeg().isEmpty() || image.noiseSigma() >= NOISY_JPEG_SIGMA) {
            return Optional.empty();
        }
        int quality = image.jpeg().get().quality();
        return models.stream()
                .flatMap(model -> Candidate.of(model, Task.Jpeg.class))
                .filter(jpeg -> quality <= jpeg.task().qualityMax() + JPEG_REACH)
                .min(
                        Comparator.<Candidate<Task.Jpeg>>comparingInt(
                                        jpeg -> distance(quality, jpeg.task()))
                                .thenComparing(Candidate::name))
                .map(jpeg -> new Suits(jpeg.model(), Reason.JPEG_ARTEFACTS));
    }

    private static int distance(int quality, Task.Jpeg task) {
        return Math.abs(quality - Math.clamp(quality, task.qualityMin(), task.qualityMax()));
    }

    private static Optional<Suits> againstGrayNoise(
            ImageEstimate image, List<GrantedModel> models) {
        boolean gray = image.jpeg().filter(ImageEstimate.Jpeg::chromaSubsampled).isPresent();
        if (!gray || image.noiseSigma() < TEXTURE_SIGMA) {
            return Optional.empty();
        }
        double sigma = image.noiseSigma() / LUMA_SHARE;
        return denoisers(models)
                .filter(denoise -> isOneLevel(denoise.task()))
                .filter(denoise -> distance(sigma, denoise.task()) <= GRAY_NOISE_TOLERANCE)
                .min(nearest(sigma))
                .map(denoise -> new Suits(denoise.model(), Reason.NOISE_LEFT_BY_JPEG));
    }

    private static Optional<Suits> againstNoise(double sigma, List<GrantedModel> models) {
        return denoisers(models)
                .filter(denoise -> suits(sigma, denoise.task()))
                .min(
                        Comparator.<Candidate<Task.Denoise>>comparingDouble(
                                        denoise -> beyond(sigma, denoise.task()))
                                .thenComparingDouble(denoise -> width(denoise.task()))
                                .thenComparing(nearest(sigma)))
                .map(denoise -> new Suits(denoise.model(), reason(sigma, denoise.task())));
    }

    private static Stream<Candidate<Task.Denoise>> denoisers(List<GrantedModel> models) {
        return models.stream().flatMap(model -> Candidate.of(model, Task.Denoise.class));
    }

    private static Comparator<Candidate<Task.Denoise>> nearest(double sigma) {
        return Comparator.<Candidate<Task.Denoise>>comparingDouble(
                        denoise -> distance(sigma, denoise.task()))
                .thenComparing(Candidate::name);
    }

    /** A model for images without noise as well may be given any; others only what they are for. */
    private static boolean suits(double sigma, Task.Denoise task) {
        boolean harmless = task.sigmaMin() <= NEARLY_NONE;
        boolean meant = sigma >= TEXTURE_SIGMA && beyond(sigma, task) == 0;
        return harmless || meant;
    }

    private static Reason reason(double sigma, Task.Denoise task) {
        if (sigma < TEXTURE_SIGMA) {
            return Reason.LITTLE_NOISE;
        }
        if (beyond(sigma, task) > 0) {
            return Reason.NOISE_BEYOND_ITS_RANGE;
        }
        return isOneLevel(task) ? Reason.NOISE_OF_ITS_LEVEL : Reason.NOISE_IN_ITS_RANGE;
    }

    /** How much farther from the model's range the noise is than the estimate may err. */
    private static double beyond(double sigma, Task.Denoise task) {
        return Math.max(0, distance(sigma, task) - LEVEL_TOLERANCE);
    }

    private static boolean isOneLevel(Task.Denoise task) {
        return width(task) <= 2 * LEVEL_TOLERANCE;
    }

    private static double width(Task.Denoise task) {
        return task.sigmaMax() - task.sigmaMin();
    }

    private static double distance(double sigma, Task.Denoise task) {
        return Math.abs(sigma - Math.clamp(sigma, task.sigmaMin(), task.sigmaMax()));
    }

    /** A model with its task, where it is of this kind. */
    private record Candidate<T extends Task>(GrantedModel model, T task) {
        static <T extends Task> Stream<Candidate<T>> of(GrantedModel model, Class<T> kind) {
            return kind.isInstance(model.task())
                    ? Stream.of(new Candidate<>(model, kind.cast(model.task())))
                    : Stream.empty();
        }

        String name() {
            return model.name();
        }
    }
}
