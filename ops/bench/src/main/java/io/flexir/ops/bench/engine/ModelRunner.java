package io.flexir.ops.bench.engine;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.ops.bench.image.Raster;
import io.flexir.ops.local.CannotStart;
import io.flexir.worker.restore.EngineSettings;
import io.flexir.worker.restore.Restoration;
import io.flexir.worker.restore.RestorationEngine;
import io.flexir.worker.restore.RestoreOrder;
import io.flexir.worker.restore.RestoreResult;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;
import io.flexir.worker.restore.model.Acquisition;
import io.flexir.worker.restore.model.Cancellation;
import io.flexir.worker.restore.model.ModelLease;
import io.flexir.worker.restore.model.ModelSessions;
import io.flexir.worker.restore.model.RuntimeSettings;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A worker's engine with one model, without the worker around it. An image is restored on the
 * caller's thread; several callers share the engine as a worker's slots do.
 */
public final class ModelRunner implements AutoCloseable {

    private final ModelSessions sessions;
    private final RestorationEngine engine;
    private final ModelLease lease;

    /** Read while an image is restored, written for good once {@link #stop} has returned. */
    private final ReentrantReadWriteLock busy = new ReentrantReadWriteLock();

    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    private ModelRunner(ModelSessions sessions, RestorationEngine engine, ModelLease lease) {
        this.sessions = sessions;
        this.engine = engine;
        this.lease = lease;
    }

    /**
     * Loads and warms a model.
     *
     * @param directory the bundle's
     * @param threads that the network is computed with
     * @throws CannotStart if the bundle is refused
     */
    public static ModelRunner open(Path directory, Tiling tiling, int threads) {
        return open(directory, tiling, RuntimeSettings.forCores(threads));
    }

    /**
     * The same, computed as the settings say.
     *
     * @throws CannotStart if the bundle is refused
     */
    public static ModelRunner open(Path directory, Tiling tiling, RuntimeSettings settings) {
        Bundle bundle = read(directory);
        ModelSessions sessions = new ModelSessions(settings);
        return switch (sessions.acquire(bundle)) {
            case Acquisition.Refused(String reason) -> throw new CannotStart(reason);
            case Acquisition.Ready(ModelLease lease) ->
                    new ModelRunner(sessions, engine(tiling), lease);
        };
    }

    /**
     * What a bundle says of itself, without loading it.
     *
     * @throws CannotStart if the bundle is refused
     */
    public static BundleManifest manifest(Path directory) {
        return read(directory).manifest();
    }

    private static Bundle read(Path directory) {
        return switch (new BundleReader().read(directory)) {
            case BundleReading.Accepted(Bundle accepted) -> accepted;
            case BundleReading.Refused(String reason) -> throw new CannotStart(reason);
        };
    }

    private static RestorationEngine engine(Tiling tiling) {
        return new RestorationEngine(
                new EngineSettings(
                        tiling.maxTilePixels(), EngineSettings.DEFAULT.maxIdleBufferBytes()),
                System::nanoTime);
    }

    /** What the model says of itself. */
    public BundleManifest manifest() {
        return lease.model().manifest();
    }

    /**
     * Restores one picture; a gray one is shown to a colour model as three equal planes.
     *
     * @throws CancellationException after {@link #stop}
     */
    public Restored restore(Raster input, RestoreOrder order) {
        Cancellation cancellation = new Cancellation();
        busy.readLock().lock();
        try {
            running.add(cancellation);
            if (stopped) {
                throw new CancellationException("stopped");
            }
            return restore(input, order, cancellation);
        } finally {
            running.remove(cancellation);
            busy.readLock().unlock();
        }
    }

    private Restored restore(Raster input, RestoreOrder order, Cancellation cancellation) {
        BundleManifest manifest = manifest();
        Raster fed = manifest.channels() == 1 ? input : input.inColour();
        RasterSink sink =
                new RasterSink(
                        manifest.channels(),
                        input.width() * manifest.scale(),
                        input.height() * manifest.scale());
        RestoreResult result =
                engine.restore(
                        lease.model(),
                        order,
                        new RasterSource(fed),
                        sink,
                        (stage, done, regions) -> {},
                        cancellation);
        return switch (result) {
            case RestoreResult.Restored(Restoration restoration) ->
                    new Restored(sink.picture(), cost(restoration));
            case RestoreResult.Cancelled() -> throw new CancellationException("stopped");
            case RestoreResult.DeadlineMissed() ->
                    throw new IllegalStateException("an order without a deadline has missed it");
        };
    }

    private static Cost cost(Restoration restoration) {
        double pixels = 0;
        double pointers = 0;
        for (Restoration.RestoredRegion region : restoration.regions()) {
            pixels += region.core().pixels();
            pointers += region.core().pixels() * (double) region.pointer();
        }
        return new Cost(
                restoration.gigaMacs(),
                restoration.inferenceSeconds() + restoration.tilingSeconds(),
                pointers / pixels);
    }

    /**
     * Ends the images in work, from any thread, and returns when no graph runs any more. No other
     * image is restored after it: who asks for one waits for good, as the process is about to end.
     */
    @SuppressWarnings("LockNotBeforeTry")
    public void stop() {
        stopped = true;
        running.forEach(Cancellation::cancel);
        busy.writeLock().lock();
    }

    @Override
    public void close() {
        lease.close();
        engine.close();
        sessions.close();
    }

    /**
     * What came of an image.
     *
     * @param output clamped to black and white, not rounded
     */
    public record Restored(Raster output, Cost cost) {}
}
