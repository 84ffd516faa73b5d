package io.flexir.worker.restore;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.exit.ExitRule;
import io.flexir.worker.restore.exit.Luma;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.model.JobRun;
import io.flexir.worker.restore.region.Mosaic;
import io.flexir.worker.restore.region.Rect;
import io.flexir.worker.restore.region.Region;
import io.flexir.worker.restore.region.RegionPlan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One image's way: wave by wave, within a wave stage by stage, and a decision before each stage.
 * Belongs to one thread.
 */
final class ImageRun implements Restoring {
    private final JobRun run;
    private final BundleManifest manifest;
    private final RestoreOrder order;
    private final RegionPlan plan;
    private final Deadline deadline;
    private final TileReader reader;
    private final Mosaic mosaic;
    private final Progress progress;
    private final BufferPool buffers;
    private final List<Restoration.RestoredRegion> done = new ArrayList<>();
    private final List<RegionWork> active = new ArrayList<>();
    private boolean degraded;

    ImageRun(
            JobRun run,
            RestoreOrder order,
            RegionPlan plan,
            Deadline deadline,
            PixelSource source,
            PixelSink sink,
            Progress progress,
            BufferPool buffers) {
        this.run = run;
        this.manifest = run.model().manifest();
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
        int laterRegions = plan.regions().size();
        for (List<Region> wave : plan.waves(maxTilePixels)) {
            laterRegions -= wave.size();
            if (!runWave(wave, laterRegions * plan.tilePixels())) {
                return false;
            }
        }
        return true;
    }

    private boolean runWave(List<Region> wave, long laterPixels) {
        for (Region region : wave) {
            active.add(
                    RegionWork.begin(
                            region, run, reader, buffers, manifest.channels(), manifest.scale()));
        }
        int pointer = 0;
        while (!active.isEmpty()) {
            switch (deadline.decide(pointer, active.size() * plan.tilePixels(), laterPixels)) {
                case CONTINUE -> advance(++pointer);
                case TAKE_BRANCH -> {
                    degraded |= pointer < order.budget().target();
                    List.copyOf(active).forEach(this::finish);
                }
                case ABANDON -> {
                    return false;
                }
            }
            progress.at(pointer, done.size(), plan.regions().size());
        }
        return true;
    }

    private void advance(int pointer) {
        for (RegionWork work : List.copyOf(active)) {
            work.pass().advance();
            if (mayExit(pointer)
                    && order.mode() instanceof Mode.Adaptive(ExitRule rule)
                    && passes(rule, work)) {
                finish(work);
            }
        }
    }

    private boolean mayExit(int pointer) {
        return pointer >= order.budget().min()
                && pointer < order.budget().target()
                && manifest.exitPoints().contains(pointer);
    }

    private boolean passes(ExitRule rule, RegionWork work) {
        int scale = manifest.scale();
        Rect tile = work.region().tile();
        Rect scored = work.region().scored();
        Luma luma =
                Luma.of(
                        work.output().floats(),
                        manifest.channels(),
                        tile.width() * scale,
                        tile.height() * scale,
                        (scored.x() - tile.x()) * scale,
                        (scored.y() - tile.y()) * scale,
                        scored.width() * scale,
                        scored.height() * scale);
        ExitRule.Verdict verdict = rule.judge(luma);
        work.scored(verdict.score());
        return verdict.exit();
    }

    private void finish(RegionWork work) {
        mosaic.add(work.region(), work.output().floats());
        done.add(work.result());
        active.remove(work);
        work.close();
    }

    @Override
    public Restoration result(double wallSeconds) {
        done.sort(Comparator.comparingInt(Restoration.RestoredRegion::index));
        return new Restoration(
                done,
                run.gigaMacs(),
                run.seconds(),
                Math.max(0, wallSeconds - run.seconds()),
                degraded);
    }

    @Override
    public void close() {
        active.forEach(RegionWork::close);
        active.clear();
        mosaic.close();
    }
}
