package io.flexir.worker.restore;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;
import io.flexir.worker.restore.exit.SharpnessRule;
import io.flexir.worker.restore.model.Acquisition;
import io.flexir.worker.restore.model.Cancellation;
import io.flexir.worker.restore.model.ModelLease;
import io.flexir.worker.restore.model.ModelSessions;
import io.flexir.worker.restore.model.RuntimeSettings;
import io.flexir.worker.restore.model.StagedModel;

import java.nio.file.Path;

/** Bundles that ship; the denoiser is opened once for all tests of this process. */
final class ShippedModel {
    static final Path ALL = Path.of("..", "ops", "models");
    static final Path DIRECTORY = ALL.resolve("denoise-color-25-s");
    static final long UNCUT = 1L << 40;

    private static final ModelSessions SESSIONS =
            new ModelSessions(new RuntimeSettings(2, 1, false, 1));
    private static final StagedModel MODEL = open();

    private ShippedModel() {}

    static StagedModel model() {
        return MODEL;
    }

    private static StagedModel open() {
        return lease(SESSIONS, DIRECTORY).model();
    }

    static ModelLease lease(ModelSessions sessions, Path directory) {
        return switch (sessions.acquire(bundle(directory))) {
            case Acquisition.Ready(var lease) -> lease;
            case Acquisition.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    static Bundle bundle() {
        return bundle(DIRECTORY);
    }

    static Bundle bundle(Path directory) {
        return switch (new BundleReader().read(directory)) {
            case BundleReading.Accepted(Bundle bundle) -> bundle;
            case BundleReading.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    static RestorationEngine engine(long maxTilePixels) {
        return new RestorationEngine(
                new EngineSettings(maxTilePixels, 32L << 20), System::nanoTime);
    }

    static Mode.Adaptive adaptive(double threshold) {
        return new Mode.Adaptive(new SharpnessRule(threshold, MODEL.manifest().scoreBase()));
    }

    /** Restores to exactly {@code pointer} with tiles of at most {@code maxTilePixels}. */
    static ArrayImage regular(ArrayImage source, int pointer, long maxTilePixels) {
        ArrayImage sink = new ArrayImage(source.width(), source.height());
        restored(
                source,
                sink,
                new RestoreOrder(new PointerBudget(pointer, pointer), new Mode.Regular()),
                maxTilePixels);
        return sink;
    }

    static Restoration restored(
            ArrayImage source, PixelSink sink, RestoreOrder order, long maxTilePixels) {
        return restored(MODEL, source, sink, order, maxTilePixels);
    }

    static Restoration restored(
            StagedModel model,
            ArrayImage source,
            PixelSink sink,
            RestoreOrder order,
            long maxTilePixels) {
        try (RestorationEngine engine = engine(maxTilePixels)) {
            return switch (engine.restore(
                    model, order, source, sink, (_, _, _) -> {}, new Cancellation())) {
                case RestoreResult.Restored(Restoration restoration) -> restoration;
                case RestoreResult.Cancelled() -> throw new AssertionError("cancelled");
                case RestoreResult.DeadlineMissed() -> throw new AssertionError("deadline missed");
            };
        }
    }
}
