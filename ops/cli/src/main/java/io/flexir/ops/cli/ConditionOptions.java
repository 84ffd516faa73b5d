package io.flexir.ops.cli;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.Task;
import io.flexir.ops.bench.quality.degrade.Condition;
import io.flexir.ops.bench.quality.degrade.Downscale;
import io.flexir.ops.bench.quality.degrade.JpegCompression;
import io.flexir.ops.bench.quality.degrade.JpegCompression.Colours;
import io.flexir.ops.bench.quality.degrade.Noise;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.stream.Stream;

/** What is done to clean images before they are restored; what the bundle is for if left out. */
final class ConditionOptions {

    private static final List<Double> SIGMAS = List.of(15.0, 25.0, 50.0);
    private static final List<Integer> QUALITIES = List.of(10, 20, 30, 40);

    @ArgGroup private @Nullable Kind kind;

    @Option(
            names = "--noise",
            paramLabel = "FORM",
            description =
                    "What becomes of noisy images: custom (fed as they are, not clipped; the default) or png8 (clipped and rounded to 8 bits).")
    private Noise.@Nullable Form form;

    @Option(
            names = "--jpeg-color",
            description = "Save JPEG files in colour, 4:2:0, instead of their luma alone.")
    private boolean inColour;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** One of these. */
    static final class Kind {

        @Option(
                names = "--sigma",
                paramLabel = "SIGMA",
                split = ",",
                description =
                        "Gaussian noise of these standard deviations on the scale 0..255: 25 or 15,25,50.")
        private @Nullable List<Double> sigmas;

        @Option(
                names = "--jpeg",
                paramLabel = "QUALITY",
                split = ",",
                description = "JPEG files of these qualities, 1..100: 10,20,30,40.")
        private @Nullable List<Integer> qualities;

        @Option(
                names = "--scale",
                paramLabel = "S",
                description = "Bicubic downscaling by the bundle's scale.")
        private @Nullable Integer scale;

        @Option(
                names = "--no-reference",
                description =
                        "Restore the images as they are, with nothing to compare with; needs --save.")
        private boolean asTheyAre;
    }

    /** Whether images are restored as they are, so that nothing can be compared. */
    boolean isWithoutReference() {
        return kind != null && kind.asTheyAre;
    }

    /**
     * The conditions asked for, or those of the bundle's task; none without a reference.
     *
     * @throws ParameterException if an option does not go with another one, or with the bundle
     */
    List<Condition> conditions(BundleManifest model) {
        List<Condition> conditions = isWithoutReference() ? List.of() : wellFormed(model);
        require(
                form == null || conditions.stream().anyMatch(Noise.class::isInstance),
                "--noise goes with --sigma");
        require(
                !inColour || conditions.stream().anyMatch(JpegCompression.class::isInstance),
                "--jpeg-color goes with --jpeg");
        require(
                !inColour || model.channels() != 1,
                "--jpeg-color needs a bundle for colour, " + model.name() + " has one channel");
        for (Condition condition : conditions) {
            require(
                    condition.scale() == model.scale(),
                    condition.label()
                            + " is nothing for bundle "
                            + model.name()
                            + ", which enlarges by "
                            + model.scale());
        }
        return conditions;
    }

    private List<Condition> wellFormed(BundleManifest model) {
        try {
            return asked(model).distinct().toList();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private Stream<Condition> asked(BundleManifest model) {
        if (kind == null) {
            return ofTask(model);
        }
        if (kind.sigmas != null) {
            require(isFor(model, Task.Denoise.class), "--sigma is for denoising, " + task(model));
            return noise(kind.sigmas);
        }
        if (kind.qualities != null) {
            require(isFor(model, Task.Jpeg.class), "--jpeg is for JPEG artefacts, " + task(model));
            return jpeg(kind.qualities);
        }
        require(
                isFor(model, Task.SuperResolution.class),
                "--scale is for super-resolution, " + task(model));
        return kind.scale == null ? Stream.empty() : Stream.of(new Downscale(kind.scale));
    }

    private Stream<Condition> ofTask(BundleManifest model) {
        return switch (model.task()) {
            case Task.Denoise(double least, double most) ->
                    noise(least == most ? List.of(least) : SIGMAS);
            case Task.Jpeg _ -> jpeg(QUALITIES);
            case Task.SuperResolution() -> Stream.of(new Downscale(model.scale()));
        };
    }

    private Stream<Condition> noise(List<Double> sigmas) {
        Noise.Form fed = form == null ? Noise.Form.CUSTOM : form;
        return sigmas.stream().<Condition>map(sigma -> new Noise(sigma, fed));
    }

    private Stream<Condition> jpeg(List<Integer> qualities) {
        Colours colours = inColour ? Colours.YCBCR_420 : Colours.GRAY;
        return qualities.stream().<Condition>map(quality -> new JpegCompression(quality, colours));
    }

    private static boolean isFor(BundleManifest model, Class<? extends Task> task) {
        return task.isInstance(model.task());
    }

    private static String task(BundleManifest model) {
        String purpose =
                switch (model.task()) {
                    case Task.Denoise _ -> "denoising";
                    case Task.Jpeg _ -> "JPEG artefacts";
                    case Task.SuperResolution _ -> "super-resolution";
                };
        return "bundle " + model.name() + " is for " + purpose;
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }
}
