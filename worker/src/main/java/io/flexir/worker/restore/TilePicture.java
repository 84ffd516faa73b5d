package io.flexir.worker.restore;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.PooledBuffer;
import io.flexir.worker.restore.region.Rect;

import java.nio.FloatBuffer;

/** A tile's output that is put together from rectangles. */
final class TilePicture implements AutoCloseable {
    private final int channels;
    private final int width;
    private final int height;
    private final PooledBuffer pixels;

    TilePicture(Rect tile, BundleManifest manifest, BufferPool buffers) {
        this.channels = manifest.channels();
        this.width = tile.width() * manifest.scale();
        this.height = tile.height() * manifest.scale();
        this.pixels =
                buffers.lease(Math.multiplyExact(Math.multiplyExact(channels, width), height));
    }

    /** Takes planar {@code [channels, height, width]} of a rectangle. */
    void write(int x, int y, int partWidth, int partHeight, FloatBuffer chw) {
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < partHeight; row++) {
                int from = (channel * partHeight + row) * partWidth;
                int to = (channel * height + y + row) * width + x;
                pixels.floats().put(to, chw, from, partWidth);
            }
        }
    }

    /** Planar {@code [channels, height, width]}. */
    FloatBuffer floats() {
        return pixels.floats();
    }

    @Override
    public void close() {
        pixels.close();
    }
}
