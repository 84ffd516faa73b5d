package io.flexir.worker.pipeline;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Inference;
import io.flexir.worker.image.PixelCanvas;
import io.flexir.worker.restore.Mode;
import io.flexir.worker.restore.RestorationEngine;
import io.flexir.worker.restore.RestoreOrder;
import io.flexir.worker.restore.RestoreResult;
import io.flexir.worker.restore.anytime.TimeLimit;
import io.flexir.worker.restore.exit.PayoffRule;
import io.flexir.worker.restore.exit.SharpnessRule;
import io.flexir.worker.restore.memory.MemoryExhaustedException;
import io.flexir.worker.restore.model.Cancellation;
import io.flexir.worker.restore.model.InferenceException;
import io.flexir.worker.restore.model.ModelLease;
import io.flexir.worker.restore.model.StagedModel;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Pixels through the network: brings the image package and the engine together, which do not know
 * each other.
 */
final class RestoreStep {
    private static final int CHANNELS = 3;

    private final Models models;
    private final RestorationEngine engine;
    private final FinishForecast finish;

    RestoreStep(Models models, RestorationEngine engine, FinishForecast finish) {
        this.models = models;
        this.engine = engine;
        this.finish = finish;
    }

    Step<RestoredPicture> run(Job job, Chosen chosen) {
        return job.during(
                Phase.RESTORING,
                () ->
                        acquire(chosen.model().digest())
                                .then(
                                        lease -> {
                                            try (ModelLease lent = lease) {
                                                return check(job, chosen, lent.model().manifest())
                                                        .<Step<RestoredPicture>>map(Step::ended)
                                                        .orElseGet(
                                                                () ->
                                                                        restore(
                                                                                job,
                                                                                chosen,
                                                                                lent.model()));
                                            }
                                        }));
    }

    /** A model is tried out when it is loaded: what may end a job may end that. */
    private Step<ModelLease> acquire(String digest) {
        try {
            return models.acquire(digest);
        } catch (InferenceException | MemoryExhaustedException broken) {
            return failed(broken);
        }
    }

    private static <T> Step<T> failed(RuntimeException broken) {
        return Step.ended(
                JobEnd.failed(Failure.Reason.ENGINE, String.valueOf(broken.getMessage())));
    }

    private Optional<JobEnd> check(Job job, Chosen chosen, BundleManifest model) {
        if (model.channels() != CHANNELS) {
            return Optional.of(
                    JobEnd.failed(
                            Failure.Reason.ENGINE,
                            "Bundle "
                                    + model.name()
                                    + " restores "
                                    + model.channels()
                                    + " channels, not 3."));
        }
        int target = chosen.model().budget().target();
        if (target > model.n()) {
            return Optional.of(
                    JobEnd.failed(
                            Failure.Reason.INTERNAL,
                            "The order grants pointer "
                                    + target
                                    + ", but bundle "
                                    + model.name()
                                    + " has "
                                    + model.n()
                                    + "."));
        }
        if (job.order().inference() instanceof Inference.Adaptive(double _, AdaptiveRule rule)
                && rule == AdaptiveRule.PAYOFF
                && model.payoff() == null) {
            return Optional.of(
                    JobEnd.failed(
                            Failure.Reason.ENGINE,
                            "Bundle "
                                    + model.name()
                                    + " has no payoff table, which the rule payoff needs."));
        }
        return Optional.empty();
    }

    private Step<RestoredPicture> restore(Job job, Chosen chosen, StagedModel model) {
        Picture picture = chosen.picture();
        BundleManifest manifest = model.manifest();
        PixelCanvas canvas = new PixelCanvas(picture.pixels(), manifest.scale());
        Cancellation cancellation = new Cancellation();
        int lastButOne = chosen.model().budget().target() - 1;
        RestoreOrder order =
                new RestoreOrder(
                        chosen.model().budget(),
                        mode(job.order().inference(), manifest),
                        limit(job, picture, manifest));
        try {
            RestoreResult result =
                    engine.restore(
                            model,
                            order,
                            new PictureSource(picture.pixels(), canvas::release),
                            canvas::write,
                            (stage, done, regions) -> {
                                job.ticket().reaches(stage, done, regions);
                                if (stage >= lastButOne && done >= regions - 1) {
                                    job.nearlyComputed();
                                }
                                if (job.mustStop()) {
                                    cancellation.cancel();
                                }
                            },
                            cancellation);
            return conclude(job, result, chosen, canvas);
        } catch (InferenceException | MemoryExhaustedException broken) {
            return failed(broken);
        }
    }

    private static Step<RestoredPicture> conclude(
            Job job, RestoreResult result, Chosen chosen, PixelCanvas canvas) {
        return switch (result) {
            case RestoreResult.Restored(var restoration) ->
                    Step.done(
                            new RestoredPicture(
                                    new Account(
                                            chosen.picture().origin(),
                                            chosen.model(),
                                            chosen.why(),
                                            restoration),
                                    canvas.toImage()));
            case RestoreResult.Cancelled() ->
                    Step.ended(job.stop().orElseGet(JobEnd.HandedBack::new));
            case RestoreResult.DeadlineMissed() ->
                    Step.ended(
                            JobEnd.failed(
                                    Failure.Reason.DEADLINE,
                                    "Even the smallest allowed pointer ("
                                            + chosen.model().budget().min()
                                            + ") would come after the deadline."));
        };
    }

    private static Mode mode(Inference inference, BundleManifest manifest) {
        return switch (inference) {
            case Inference.Regular() -> new Mode.Regular();
            case Inference.Adaptive(double threshold, AdaptiveRule rule) ->
                    switch (rule) {
                        case SHARPNESS ->
                                new Mode.Adaptive(
                                        new SharpnessRule(threshold, manifest.scoreBase()));
                        case PAYOFF ->
                                new Mode.Priced(
                                        new PayoffRule(
                                                threshold,
                                                Objects.requireNonNull(manifest.payoff())));
                    };
        };
    }

    private @Nullable TimeLimit limit(Job job, Picture picture, BundleManifest manifest) {
        Duration left = job.timeLeft();
        if (left == null) {
            return null;
        }
        long outputPixels = picture.origin().size().pixels() * manifest.scale() * manifest.scale();
        return new TimeLimit(left, finish.of(outputPixels), job.request().terms().onMiss());
    }
}
