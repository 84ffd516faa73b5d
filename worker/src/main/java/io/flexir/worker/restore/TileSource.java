package io.flexir.worker.restore;

import io.flexir.worker.restore.region.Rect;

import java.nio.FloatBuffer;

/** A tile of an image as an image of its own. */
record TileSource(TileReader image, Rect tile) implements PixelSource {
    @Override
    public int width() {
        return tile.width();
    }

    @Override
    public int height() {
        return tile.height();
    }

    @Override
    public void read(int x, int y, int width, int height, FloatBuffer chw) {
        image.read(new Rect(tile.x() + x, tile.y() + y, width, height), chw);
    }
}
