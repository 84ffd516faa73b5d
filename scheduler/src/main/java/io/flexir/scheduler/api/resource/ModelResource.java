package io.flexir.scheduler.api.resource;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.Task;
import io.flexir.scheduler.activation.Activation;
import io.flexir.scheduler.api.ModelCatalog;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A model that jobs may name, with its quality and cost by pointer. */
public record ModelResource(
        String name,
        String version,
        String digest,
        Task task,
        String size,
        int n,
        int scale,
        int channels,
        List<Integer> exitPoints,
        double inputPsnr,
        List<PointerFigures> pointers,
        @Nullable ActivationResource activation) {
    /**
     * @param activation of the version that was asked for last, if any was
     */
    public static ModelResource of(ModelCatalog.Model model, Optional<Activation> activation) {
        BundleManifest manifest = model.manifest();
        return new ModelResource(
                manifest.name(),
                manifest.version(),
                model.digest(),
                manifest.task(),
                manifest.size(),
                manifest.n(),
                manifest.scale(),
                manifest.channels(),
                manifest.exitPoints(),
                manifest.calibration().inputPsnr(),
                IntStream.rangeClosed(1, manifest.n())
                        .mapToObj(pointer -> PointerFigures.of(manifest, pointer))
                        .toList(),
                activation.map(ActivationResource::of).orElse(null));
    }

    /**
     * @param psnr mean PSNR on the calibration images, in dB
     * @param macsPerPixel multiply-adds per pixel fed
     * @param params trained parameters that run
     */
    public record PointerFigures(int pointer, double psnr, double macsPerPixel, long params) {
        static PointerFigures of(BundleManifest manifest, int pointer) {
            long stages =
                    manifest.stages().subList(0, pointer).stream()
                            .mapToLong(BundleManifest.Graph::params)
                            .sum();
            long params =
                    manifest.stem().params()
                            + stages
                            + manifest.branches().get(pointer - 1).params();
            return new PointerFigures(
                    pointer,
                    manifest.calibration().psnr().get(pointer - 1),
                    manifest.macsPerPixel(pointer),
                    params);
        }
    }
}
