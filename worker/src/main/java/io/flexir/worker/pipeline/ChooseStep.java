package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.ModelChoice;
import io.flexir.contracts.work.ModelChoice.Estimate;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.worker.choice.ModelRule;
import io.flexir.worker.choice.Suitability;
import io.flexir.worker.estimate.ImageEstimate;
import io.flexir.worker.estimate.JpegQuality;
import io.flexir.worker.estimate.NoiseEstimator;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Finds the model of a job: the one it names, or the one that suits its image. */
final class ChooseStep {
    /**
     * @param file the input's bytes
     */
    Step<Chosen> run(Job job, byte[] file, Picture picture) {
        WorkOrder order = job.order();
        if (!order.request().choosesModel()) {
            return Step.done(new Chosen(picture, order.models().getFirst(), null));
        }
        return job.during(
                Phase.DECODING,
                () -> {
                    ImageEstimate image =
                            ImageEstimate.of(file, new PictureSource(picture.pixels()));
                    return choose(order, picture, image);
                });
    }

    private static Step<Chosen> choose(WorkOrder order, Picture picture, ImageEstimate image) {
        return switch (ModelRule.choose(image, order.models())) {
            case Suitability.Suits(GrantedModel model, ModelChoice.Reason reason) ->
                    Step.done(new Chosen(picture, model, why(image, reason)));
            case Suitability.NoneSuits() ->
                    Step.ended(
                            JobEnd.rejected(
                                    Rejection.Reason.NO_SUITABLE_MODEL, sentence(order, image)));
        };
    }

    private static ModelChoice why(ImageEstimate image, ModelChoice.Reason reason) {
        return new ModelChoice(
                new Estimate(NoiseEstimator.NAME, Math.min(image.noiseSigma(), 255)),
                quality(image),
                reason);
    }

    private static @Nullable Estimate quality(ImageEstimate image) {
        return image.jpeg()
                .map(jpeg -> new Estimate(JpegQuality.NAME, jpeg.quality()))
                .orElse(null);
    }

    private static String sentence(WorkOrder order, ImageEstimate image) {
        String quality = image.jpeg().map(jpeg -> " and JPEG quality " + jpeg.quality()).orElse("");
        return String.format(
                Locale.ROOT,
                "No model for this image: it seems to have noise of sigma %.1f%s, and each of %s would"
                        + " rather harm it. Name a model to have it all the same.",
                image.noiseSigma(),
                quality,
                order.models().stream().map(GrantedModel::name).toList());
    }
}
