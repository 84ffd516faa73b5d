package io.flexir.worker.restore;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.anytime.StepDecision;
import io.flexir.worker.restore.exit.Deepening;
import io.flexir.worker.restore.exit.ErrorSum;
import io.flexir.worker.restore.exit.Luma;
import io.flexir.worker.restore.exit.Margins;
import io.flexir.worker.restore.exit.Part;
import io.flexir.worker.restore.exit.PayoffRule;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.PooledBuffer;
import io.flexir.worker.restore.model.JobRun;
import io.flexir.worker.restore.model.TileFeatures;
import io.flexir.worker.restore.region.Rect;
import io.flexir.worker.restore.region.Region;

import org.jspecify.annotations.Nullable;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A memory tile that is being restored: as a whole to the least depth, from there part by part.
 * Belongs to one thread.
 */
final class PricedTile implements AutoCloseable {
    private final Region region;
    private final RestoreOrder order;
    private final Margins margins;
    private final PooledBuffer image;
    private final TileFeatures features;
    private final TilePainting painting;
    private final Deepening deepening;
    private final List<Stop> stops = new ArrayList<>();
    private List<Part> arrived;

    private PricedTile(
            Region region,
            RestoreOrder order,
            Margins margins,
            PooledBuffer image,
            TileFeatures features,
            TilePainting painting,
            Deepening deepening) {
        this.region = region;
        this.order = order;
        this.margins = margins;
        this.image = image;
        this.features = features;
        this.painting = painting;
        this.deepening = deepening;
        this.arrived = deepening.whole();
    }

    /** Reads the tile and runs the stem over it. */
    static PricedTile begin(
            Region region,
            PayoffRule rule,
            ErrorSum imageError,
            RestoreOrder order,
            JobRun run,
            TileReader reader,
            BufferPool buffers) {
        BundleManifest manifest = run.model().manifest();
        Rect tile = region.tile().within(region.tile());
        int channels = manifest.channels();
        Margins margins = Margins.of(manifest);
        PooledBuffer image = buffers.lease(Math.toIntExact(channels * tile.pixels()));
        TilePainting painting = null;
        try {
            painting = new TilePainting(tile, channels, manifest.scale(), margins, buffers);
            reader.read(region.tile(), image.floats());
            Luma luma = luma(image.floats(), channels, tile);
            Rect core = region.core().within(region.tile());
            Deepening deepening = new Deepening(rule, imageError, manifest, luma, core);
            TileFeatures features =
                    TileFeatures.begin(run, image.floats(), tile.width(), tile.height(), buffers);
            return new PricedTile(region, order, margins, image, features, painting, deepening);
        } catch (RuntimeException | Error failed) {
            if (painting != null) {
                painting.close();
            }
            image.close();
            throw failed;
        }
    }

    static Luma luma(FloatBuffer image, int channels, Rect tile) {
        int width = tile.width();
        int height = tile.height();
        return Luma.of(image, channels, width, height, 0, 0, width, height);
    }

    int pointer() {
        return features.pointer();
    }

    boolean isDone() {
        return arrived.isEmpty();
    }

    /** Pixels that the next stage would be run over if all that has arrived went on. */
    long pixels() {
        Rect tile = region.tile().within(region.tile());
        return arrived.stream()
                .mapToLong(part -> part.pixels().grown(margins.stage(), tile).pixels())
                .sum();
    }

    /**
     * One step.
     *
     * @param decision {@code CONTINUE} or {@code TAKE_BRANCH}
     * @return whether parts that were worth going on were stopped
     */
    boolean step(StepDecision decision) {
        if (pointer() < Math.max(1, order.budget().min()) && decision == StepDecision.CONTINUE) {
            features.advance();
            return false;
        }
        boolean mayGoOn = pointer() < order.budget().target();
        List<Part> parts = deepening.decide(pointer(), arrived, mayGoOn);
        boolean cutShort =
                decision == StepDecision.TAKE_BRANCH && parts.stream().anyMatch(Part::goesOn);
        if (cutShort) {
            parts = parts.stream().map(Part::stopped).toList();
        }
        parts.stream().filter(part -> !part.goesOn()).forEach(this::stop);
        arrived = parts.stream().filter(Part::goesOn).toList();
        if (!isDone()) {
            features.advance(arrived.stream().map(Part::pixels).toList(), margins.stage());
        }
        return cutShort;
    }

    private void stop(Part part) {
        painting.paint(part.pixels(), features);
        boolean decided = pointer() < order.budget().target();
        stops.add(new Stop(part.pixels(), pointer(), decided ? part.payoff() : null));
    }

    /** Where the tile's parts ended, as far as its core goes, in pixels of the image. */
    List<Restoration.RestoredRegion> ended() {
        Rect tile = region.tile();
        List<Restoration.RestoredRegion> ended = new ArrayList<>();
        for (Stop stop : stops) {
            Rect part = stop.part();
            new Rect(tile.x() + part.x(), tile.y() + part.y(), part.width(), part.height())
                    .common(region.core())
                    .ifPresent(
                            core ->
                                    ended.add(
                                            new Restoration.RestoredRegion(
                                                    0, core, stop.pointer(), stop.payoff())));
        }
        return ended;
    }

    Region region() {
        return region;
    }

    FloatBuffer picture() {
        return painting.picture();
    }

    @Override
    public void close() {
        painting.close();
        features.close();
        image.close();
    }

    private record Stop(Rect part, int pointer, @Nullable Double payoff) {}
}
