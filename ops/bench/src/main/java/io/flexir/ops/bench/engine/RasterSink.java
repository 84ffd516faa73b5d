package io.flexir.ops.bench.engine;

import io.flexir.ops.bench.image.Raster;
import io.flexir.worker.restore.PixelSink;

import java.nio.FloatBuffer;

/** Collects a picture from the engine. */
final class RasterSink implements PixelSink {

    private final int width;
    private final int height;
    private final float[][] planes;

    RasterSink(int channels, int width, int height) {
        this.width = width;
        this.height = height;
        this.planes = new float[channels][Math.multiplyExact(width, height)];
    }

    @Override
    public void write(int x, int y, int width, int height, FloatBuffer chw) {
        int at = 0;
        for (float[] plane : planes) {
            for (int row = 0; row < height; row++) {
                chw.get(at, plane, (y + row) * this.width + x, width);
                at += width;
            }
        }
    }

    /** The whole picture, once every pixel was written. */
    Raster picture() {
        return new Raster(width, height, planes);
    }
}
