package io.flexir.worker.restore;

import io.flexir.worker.restore.region.Rect;
import io.flexir.worker.restore.region.RegionPlan;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Reads tiles of an image that goes on past its right and bottom border by repeating its last
 * column and row.
 */
final class TileReader {
    private final PixelSource source;
    private final int channels;

    TileReader(PixelSource source, int channels) {
        this.source = source;
        this.channels = channels;
    }

    /** Fills {@code chw} with {@code [channels, tile.height, tile.width]}. */
    void read(Rect tile, FloatBuffer chw) {
        int width = Math.min(tile.width(), source.width() - tile.x());
        int height = Math.min(tile.height(), source.height() - tile.y());
        source.read(tile.x(), tile.y(), width, height, chw);
        if (width < tile.width() || height < tile.height()) {
            spread(chw, width, height, tile.width(), tile.height());
        }
    }

    /** Tells the source that the regions before {@code next} of a plan have been read. */
    void release(RegionPlan plan, int next) {
        boolean more = next < plan.regions().size();
        source.release(
                more
                        ? Math.min(plan.regions().get(next).tile().y(), source.height())
                        : source.height());
    }

    /**
     * Moves rows from a dense small image to a larger one in the same buffer: backwards, so that
     * none is overwritten before it moved.
     */
    private void spread(FloatBuffer chw, int width, int height, int tileWidth, int tileHeight) {
        float[] row = new float[tileWidth];
        for (int channel = channels - 1; channel >= 0; channel--) {
            for (int y = tileHeight - 1; y >= 0; y--) {
                int from = (channel * height + Math.min(y, height - 1)) * width;
                chw.get(from, row, 0, width);
                Arrays.fill(row, width, tileWidth, row[width - 1]);
                chw.put((channel * tileHeight + y) * tileWidth, row);
            }
        }
    }
}
