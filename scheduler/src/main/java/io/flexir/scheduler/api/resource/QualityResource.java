package io.flexir.scheduler.api.resource;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.scheduler.api.resource.CostsResource.Cost;
import io.flexir.scheduler.costs.QualityReport;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Quality against cost ({@code Quality} in the API description). */
public record QualityResource(Instant from, Instant to, String currency, List<Model> models) {
    public static QualityResource of(QualityReport report) {
        return new QualityResource(
                report.from(),
                report.to(),
                report.prices().currency(),
                report.models().stream().map(Model::of).toList());
    }

    /** One model. */
    public record Model(
            String name,
            Task task,
            Traffic traffic,
            List<AtPointer> fixed,
            List<AtThreshold> adaptive) {
        static Model of(QualityReport.Model model) {
            return new Model(
                    model.manifest().name(),
                    model.manifest().task(),
                    Traffic.of(model.traffic()),
                    model.fixed().stream()
                            .map(
                                    at ->
                                            AtPointer.of(
                                                    at,
                                                    model.manifest().macsPerPixel(at.pointer())))
                            .toList(),
                    model.adaptive().stream().map(AtThreshold::of).toList());
        }
    }

    /** Images together. */
    public record Traffic(
            long images, double megapixels, Cost cost, double meanPointer, double expectedPsnr) {
        static Traffic of(QualityReport.Traffic traffic) {
            return new Traffic(
                    traffic.images(),
                    traffic.megapixels(),
                    Cost.of(traffic.used()),
                    traffic.meanPointer(),
                    traffic.expectedPsnr());
        }
    }

    /** A fixed pointer. */
    public record AtPointer(
            int pointer,
            double psnr,
            double gigaMacsPerMegapixel,
            Cost cost,
            @Nullable Reference reference) {
        static AtPointer of(QualityReport.AtPointer at, double macsPerPixel) {
            return new AtPointer(
                    at.pointer(),
                    at.psnr(),
                    macsPerPixel / 1e3,
                    Cost.of(at.cost()),
                    Reference.of(at.reference()));
        }
    }

    /** Adaptive runs with one threshold. */
    public record AtThreshold(
            AdaptiveRule rule,
            double threshold,
            Traffic traffic,
            Cost fullDepth,
            @Nullable Reference reference) {
        static AtThreshold of(QualityReport.AtThreshold at) {
            return new AtThreshold(
                    at.rule(),
                    at.threshold(),
                    Traffic.of(at.traffic()),
                    Cost.of(at.fullDepth()),
                    Reference.of(at.reference()));
        }
    }

    /** What clients with a reference measured. */
    public record Reference(long samples, double psnr) {
        static @Nullable Reference of(QualityReport.@Nullable Reference reference) {
            return reference == null ? null : new Reference(reference.samples(), reference.psnr());
        }
    }
}
