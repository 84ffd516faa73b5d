package io.flexir.worker.restore;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.exit.ExitRule;
import io.flexir.worker.restore.exit.Luma;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.MemoryExhaustedException;
import io.flexir.worker.restore.model.JobRun;
import io.flexir.worker.restore.region.Geometry;
import io.flexir.worker.restore.region.Mosaic;
import io.flexir.worker.restore.region.Rect;
import io.flexir.worker.restore.region.Region;
import io.flexir.worker.restore.region.RegionPlan;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One image's way: wave by wave, within a wave stage by stage, and a decision before each stage.
 * Belongs to one thread.
 */
final class ImageRun implements Restoring {
    private static final Logger LOG = LoggerFactory.getLogger(ImageRun.class);

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
    private final List<Region> finished = new ArrayList<>();

    /** Of the plan's regions; those restored in parts have more entries in {@code done}. */
    private int ended;

    private boolean degraded;
    private boolean alone;
    private boolean inParts;
    private boolean joining;

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
        return run(maxTilePixels, 0);
    }

    /**
     * @param pixelsBehind pixels that others will feed for the same job after this
     */
    private boolean run(long maxTilePixels, long pixelsBehind) {
        int laterRegions = plan.regions().size();
        for (List<Region> wave : plan.waves(maxTilePixels)) {
            laterRegions -= wave.size();
            if (!restore(wave, pixelsBehind + laterRegions * plan.tilePixels())) {
                return false;
            }
            reader.release(plan, wave.getLast().index() + 1);
        }
        return true;
    }

    /** Runs a wave; what of it memory does not suffice for is run again in smaller portions. */
    private boolean restore(List<Region> wave, long laterPixels) {
        if (inParts) {
            return oneByOne(wave, laterPixels, this::restoreInParts);
        }
        if (alone && wave.size() > 1) {
            return oneByOne(wave, laterPixels, this::restoreAlone);
        }
        try {
            return runWave(wave, laterPixels);
        } catch (MemoryExhaustedException exhausted) {
            return again(wave, laterPixels, exhausted);
        }
    }

    private boolean again(List<Region> wave, long laterPixels, MemoryExhaustedException exhausted) {
        List<Region> left = wave.stream().filter(region -> !finished.contains(region)).toList();
        giveUpActive();
        boolean smallest = left.size() == 1 && !parts(left.getFirst()).isCut();
        if (joining || smallest) {
            throw exhausted;
        }
        LOG.warn(
                "event=memory_exhausted regions={} tilePixels={} problem={}",
                left.size(),
                plan.tilePixels(),
                exhausted.getMessage());
        alone = true;
        inParts = left.size() == 1;
        return restore(left, laterPixels);
    }

    private boolean oneByOne(List<Region> regions, long laterPixels, OneRegion one) {
        long later = laterPixels + regions.size() * plan.tilePixels();
        for (Region region : regions) {
            later -= plan.tilePixels();
            if (!one.restore(region, later)) {
                return false;
            }
        }
        return true;
    }

    private boolean restoreAlone(Region region, long laterPixels) {
        return restore(List.of(region), laterPixels);
    }

    /** Restores a region as an image of its own that is cut into tiles of half the size. */
    private boolean restoreInParts(Region region, long laterPixels) {
        RegionPlan parts = parts(region);
        Rect tile = region.tile();
        RestoreOrder regular = new RestoreOrder(order.budget(), new Mode.Regular(), order.limit());
        TilePicture picture = new TilePicture(tile, manifest, buffers);
        try (picture;
                ImageRun image =
                        new ImageRun(
                                run,
                                regular,
                                parts,
                                deadline,
                                new TileSource(reader, tile),
                                picture::write,
                                (stage, _, _) -> progress.at(stage, ended, plan.regions().size()),
                                buffers)) {
            if (!image.run(parts.tilePixels(), laterPixels)) {
                return false;
            }
            degraded |= image.degraded;
            join(region, picture.floats());
            image.done.forEach(part -> part.of(region).ifPresent(done::add));
            ended++;
            return true;
        }
    }

    private RegionPlan parts(Region region) {
        Geometry geometry = run.model().bundle().geometry();
        Rect tile = region.tile();
        long half = Math.max(tile.pixels() / 2, geometry.smallestTilePixels());
        return RegionPlan.regular(tile.width(), tile.height(), geometry, half);
    }

    private boolean runWave(List<Region> wave, long laterPixels) {
        finished.clear();
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
            progress.at(pointer, ended, plan.regions().size());
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
        join(work.region(), work.output().floats());
        done.add(work.result());
        finished.add(work.region());
        ended++;
        active.remove(work);
        work.close();
    }

    /** What has been joined in part can be neither taken back nor joined again. */
    private void join(Region region, FloatBuffer restored) {
        joining = true;
        mosaic.add(region, restored);
        joining = false;
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
        giveUpActive();
        mosaic.close();
    }

    private void giveUpActive() {
        active.forEach(RegionWork::close);
        active.clear();
    }

    /** One region's way; false when the job was given up for its deadline. */
    @FunctionalInterface
    private interface OneRegion {
        boolean restore(Region region, long laterPixels);
    }
}
