package io.flexir.worker.restore;

import io.flexir.worker.restore.exit.Margins;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.PooledBuffer;
import io.flexir.worker.restore.model.TileFeatures;
import io.flexir.worker.restore.region.Fade;
import io.flexir.worker.restore.region.Rect;

import java.nio.FloatBuffer;

/** The output of one tile, put together from parts of unequal depth, which are cross-faded. */
final class TilePainting implements AutoCloseable {
    private final Rect tile;
    private final int channels;
    private final int scale;
    private final Margins margins;
    private final Fade fade;
    private final BufferPool buffers;
    private final PooledBuffer sum;

    /**
     * @param tile all of it, from 0, 0
     */
    TilePainting(Rect tile, int channels, int scale, Margins margins, BufferPool buffers) {
        this.tile = tile;
        this.channels = channels;
        this.scale = scale;
        this.margins = margins;
        this.fade = new Fade(margins.fade(), scale);
        this.buffers = buffers;
        this.sum = buffers.lease(floats(tile));
        sum.clear();
    }

    private int floats(Rect part) {
        return Math.toIntExact(channels * part.pixels() * scale * scale);
    }

    /** Adds what a part looks like at the depth that was reached. */
    void paint(Rect part, TileFeatures features) {
        Rect read = part.grown(margins.branch(), tile);
        try (PooledBuffer restored = buffers.lease(floats(read))) {
            features.branch(read, restored.floats());
            add(part, read, restored.floats());
        }
    }

    private void add(Rect part, Rect read, FloatBuffer restored) {
        Rect used = part.grown(margins.fade(), tile);
        float[] across = fade.weights(used.x(), used.right(), part.x(), part.right(), tile.width());
        float[] down =
                fade.weights(used.y(), used.bottom(), part.y(), part.bottom(), tile.height());
        float[] from = new float[across.length];
        float[] to = new float[across.length];
        FloatBuffer target = sum.floats();
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < down.length; y++) {
                int sourceRow = channel * read.height() * scale + (used.y() - read.y()) * scale + y;
                int source = sourceRow * read.width() * scale + (used.x() - read.x()) * scale;
                int targetRow = channel * tile.height() * scale + used.y() * scale + y;
                int place = targetRow * tile.width() * scale + used.x() * scale;
                restored.get(source, from);
                target.get(place, to);
                for (int x = 0; x < to.length; x++) {
                    to[x] += Math.clamp(from[x], 0f, 1f) * across[x] * down[y];
                }
                target.put(place, to);
            }
        }
    }

    /**
     * Planar {@code [channels, height * scale, width * scale]}; whole once every part is painted.
     */
    FloatBuffer picture() {
        return sum.floats();
    }

    @Override
    public void close() {
        sum.close();
    }
}
