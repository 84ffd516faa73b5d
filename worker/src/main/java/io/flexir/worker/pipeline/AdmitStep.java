package io.flexir.worker.pipeline;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.BundleManifest.Payoff;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.worker.image.ImageEncoder;
import io.flexir.worker.image.ImageFile;
import io.flexir.worker.image.ImageLimits;
import io.flexir.worker.image.OutputFormat;
import io.flexir.worker.image.Refused;
import io.flexir.worker.restore.RestorationEngine;

import java.util.Optional;

/**
 * Refuses an image that is too large for what it is to become, or waits for its memory, before a
 * pixel of it is decoded.
 */
final class AdmitStep {
    private final ImageLimits limits;
    private final Models models;
    private final RestorationEngine engine;
    private final ImageMemory memory;

    AdmitStep(ImageLimits limits, Models models, RestorationEngine engine, ImageMemory memory) {
        this.limits = limits;
        this.models = models;
        this.engine = engine;
        this.memory = memory;
    }

    /**
     * @param fileBytes length of the input file
     */
    Step<Job> run(Job job, long fileBytes, ImageFile file) {
        int scale = scale(job.order());
        int width = file.width() * scale;
        int height = file.height() * scale;
        OutputFormat format =
                OutputSteps.format(job.request().output(), file.header().format(), width, height);
        Optional<Refused> refused =
                limits.refusalOfScale(file.header(), scale)
                        .or(() -> ImageEncoder.refusalOf(format.format(), width, height));
        if (refused.isPresent()) {
            return Step.ended(
                    JobEnd.rejected(
                            InputSteps.reasonOf(refused.get().reason()), refused.get().sentence()));
        }
        long workspace =
                engine.workspaceBytes(file.width(), file.height(), scale, cell(job.order()));
        return memory.take(job, MemoryNeed.of(file, fileBytes, scale, format, workspace));
    }

    /** Output pixels per input pixel, per axis; 1 for a model that is not here. */
    private int scale(WorkOrder order) {
        return models.manifest(order.models().getFirst().digest())
                .map(BundleManifest::scale)
                .orElse(1);
    }

    /** Of the payoff table that depth may go by, the largest of several; 0 for none. */
    private int cell(WorkOrder order) {
        boolean byPayoff =
                order.inference() instanceof Inference.Adaptive(double _, AdaptiveRule rule)
                        && rule == AdaptiveRule.PAYOFF;
        return byPayoff
                ? order.models().stream()
                        .flatMap(model -> models.manifest(model.digest()).stream())
                        .flatMap(manifest -> Optional.ofNullable(manifest.payoff()).stream())
                        .mapToInt(Payoff::cell)
                        .max()
                        .orElse(0)
                : 0;
    }
}
