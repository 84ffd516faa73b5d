package io.flexir.ops.bench.engine;

import io.flexir.ops.bench.image.Raster;
import io.flexir.worker.restore.PixelSource;

import java.nio.FloatBuffer;

/** Shows a picture to the engine. */
record RasterSource(Raster picture) implements PixelSource {

    @Override
    public int width() {
        return picture.width();
    }

    @Override
    public int height() {
        return picture.height();
    }

    @Override
    public void read(int x, int y, int width, int height, FloatBuffer chw) {
        int at = 0;
        for (float[] plane : picture.planes()) {
            for (int row = 0; row < height; row++) {
                chw.put(at, plane, (y + row) * picture.width() + x, width);
                at += width;
            }
        }
    }
}
