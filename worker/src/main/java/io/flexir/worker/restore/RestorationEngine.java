package io.flexir.worker.restore;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.exit.PayoffRule;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.model.Cancellation;
import io.flexir.worker.restore.model.JobRun;
import io.flexir.worker.restore.model.StagedModel;
import io.flexir.worker.restore.region.Geometry;
import io.flexir.worker.restore.region.RegionPlan;

import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/**
 * Restores images with a model that can stop after every stage. Thread-safe: one engine serves
 * several jobs at once, each on the thread that calls {@link #restore}; they share models, buffers
 * and ONNX Runtime's threads.
 */
public final class RestorationEngine implements AutoCloseable {
    private static final double GIGA = 1e9;

    private final EngineSettings settings;
    private final LongSupplier nanoTime;
    private final BufferPool buffers;

    /**
     * @param nanoTime a clock that only goes forward, in nanoseconds, such as {@code
     *     System::nanoTime}
     */
    public RestorationEngine(EngineSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.buffers = new BufferPool(settings.maxIdleBufferBytes());
    }

    /**
     * Restores one image and blocks until it is done. Memory does not grow with the image but for
     * one blend band across its width.
     *
     * @param model leased for at least as long as this takes
     * @param cancellation may be used once, for this call
     * @throws IllegalArgumentException when the budget asks for more stages than the model has
     * @throws io.flexir.worker.restore.model.InferenceException when ONNX Runtime fails
     * @throws io.flexir.worker.restore.memory.MemoryExhaustedException when memory does not even
     *     suffice for the smallest tile
     */
    public RestoreResult restore(
            StagedModel model,
            RestoreOrder order,
            PixelSource source,
            PixelSink sink,
            Progress progress,
            Cancellation cancellation) {
        int n = model.manifest().n();
        if (order.budget().target() > n) {
            throw new IllegalArgumentException(
                    "budget.target "
                            + order.budget().target()
                            + " exceeds the "
                            + n
                            + " stages of bundle "
                            + model.manifest().name());
        }
        long start = nanoTime.getAsLong();
        RegionPlan plan = plan(model, order.mode(), source.width(), source.height());
        Deadline deadline = new Deadline(order, model, nanoTime);
        try (JobRun run = new JobRun(model, cancellation, nanoTime);
                Restoring image = restoring(run, order, plan, deadline, source, sink, progress)) {
            boolean finished = image.run(tilePixels(model.bundle()));
            return finished
                    ? new RestoreResult.Restored(
                            image.result((nanoTime.getAsLong() - start) / GIGA))
                    : new RestoreResult.DeadlineMissed();
        } catch (CancellationException _) {
            return new RestoreResult.Cancelled();
        }
    }

    private Restoring restoring(
            JobRun run,
            RestoreOrder order,
            RegionPlan plan,
            Deadline deadline,
            PixelSource source,
            PixelSink sink,
            Progress progress) {
        return switch (order.mode()) {
            case Mode.Regular _, Mode.Adaptive _ ->
                    new ImageRun(run, order, plan, deadline, source, sink, progress, buffers);
            case Mode.Priced(PayoffRule rule) ->
                    new PricedRun(
                            run, rule, order, plan, deadline, source, sink, progress, buffers);
        };
    }

    /** How an image of this size is cut, for estimates of what it will cost. */
    public RegionPlan plan(StagedModel model, Mode mode, int width, int height) {
        Geometry geometry = model.bundle().geometry();
        return switch (mode) {
            case Mode.Regular _, Mode.Priced _ ->
                    RegionPlan.regular(width, height, geometry, tilePixels(model.bundle()));
            case Mode.Adaptive _ -> RegionPlan.adaptive(width, height, geometry);
        };
    }

    /**
     * Bytes that one job takes here at most, pixels in and out not counted.
     *
     * @param width of the image
     * @param height of the image
     * @param scale output pixels per input pixel, per axis
     * @param cell of the payoff table where depth goes by that, 0 where it does not
     */
    public long workspaceBytes(int width, int height, int scale, int cell) {
        return Math.max(
                settings.workspaceBytes((long) width * height, scale),
                PricedRun.stripBytes(width, height, cell));
    }

    /** The bound on pixels in work, or what the bundle's halo needs at least. */
    public long tilePixels(Bundle bundle) {
        BundleManifest manifest = bundle.manifest();
        return Math.max(
                settings.tilePixels(manifest.embedding(), manifest.unshuffle()),
                bundle.geometry().smallestTilePixels());
    }

    @Override
    public void close() {
        buffers.close();
    }
}
