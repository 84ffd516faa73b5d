package io.flexir.worker.restore;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.anytime.StepDecision;
import io.flexir.worker.restore.exit.ErrorSum;
import io.flexir.worker.restore.exit.PayoffRule;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.PooledBuffer;
import io.flexir.worker.restore.model.JobRun;
import io.flexir.worker.restore.region.Mosaic;
import io.flexir.worker.restore.region.Rect;
import io.flexir.worker.restore.region.Region;
import io.flexir.worker.restore.region.RegionPlan;

import java.util.ArrayList;
import java.util.List;

/**
 * One image's way where depth has a price: memory tile by memory tile, and a decision before each
 * stage about every part of the tile.
 */
final class PricedRun implements Restoring {
    private final JobRun run;
    private final PayoffRule rule;
    private final RestoreOrder order;
    private final RegionPlan plan;
    private final Deadline deadline;
    private final TileReader reader;
    private final Mosaic mosaic;
    private final Progress progress;
    private final BufferPool buffers;
    private final List<Restoration.RestoredRegion> done = new ArrayList<>();
    private boolean degraded;

    PricedRun(
            JobRun run,
            PayoffRule rule,
            RestoreOrder order,
            RegionPlan plan,
            Deadline deadline,
            PixelSource source,
            PixelSink sink,
            Progress progress,
            BufferPool buffers) {
        BundleManifest manifest = run.model().manifest();
        this.run = run;
        this.rule = rule;
        this.order = order;
        this.plan = plan;
        this.deadline = deadline;
        this.reader = new TileReader(source, manifest.channels());
        this.mosaic = new Mosaic(plan, manifest.channels(), manifest.scale(), sink::write, buffers);
        this.progress = progress;
        this.buffers = buffers;
    }

    @Override
    public boolean run(long maxTilePixels) {
        ErrorSum imageError = imageError();
        int later = plan.regions().size();
        for (Region region : plan.regions()) {
            later--;
            try (PricedTile tile =
                    PricedTile.begin(region, rule, imageError, order, run, reader, buffers)) {
                reader.release(plan, region.index() + 1);
                if (!restore(tile, later)) {
                    return false;
                }
                mosaic.add(region, tile.picture());
                done.addAll(tile.ended());
            }
            progress.at(
                    order.budget().target(), plan.regions().size() - later, plan.regions().size());
        }
        return true;
    }

    /**
     * Bytes that looking through a colour image takes, which ends before the first tile begins: a
     * strip of cells, and its luma.
     */
    static long stripBytes(int width, int height, int cell) {
        return 4L * Float.BYTES * width * Math.min(cell, height);
    }

    /** Looks through the whole input, strip by strip, before anything is restored. */
    private ErrorSum imageError() {
        ErrorSum sum = new ErrorSum(rule);
        int channels = run.model().manifest().channels();
        int height = Math.min(rule.table().cell(), plan.height());
        try (PooledBuffer strip =
                buffers.lease(Math.multiplyExact(channels * height, plan.width()))) {
            for (int y = 0; y < plan.height(); y += height) {
                Rect rows = new Rect(0, y, plan.width(), Math.min(height, plan.height() - y));
                reader.read(rows, strip.floats());
                sum.add(PricedTile.luma(strip.floats(), channels, rows));
            }
        }
        return sum;
    }

    private boolean restore(PricedTile tile, int later) {
        while (!tile.isDone()) {
            StepDecision decision =
                    deadline.decide(tile.pointer(), tile.pixels(), later * plan.tilePixels());
            if (decision == StepDecision.ABANDON) {
                return false;
            }
            degraded |= tile.step(decision);
            progress.at(tile.pointer(), plan.regions().size() - later - 1, plan.regions().size());
        }
        return true;
    }

    @Override
    public Restoration result(double wallSeconds) {
        return new Restoration(
                Restoration.RestoredRegion.inRowOrder(done),
                run.gigaMacs(),
                run.seconds(),
                Math.max(0, wallSeconds - run.seconds()),
                degraded);
    }

    @Override
    public void close() {
        mosaic.close();
    }
}
