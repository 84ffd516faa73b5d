package io.flexir.worker.restore;

import java.nio.FloatBuffer;

/**
 * Where a restoration's pixels come from. Called from one thread, once or twice over the image,
 * each time in roughly row-major order; rectangles overlap.
 */
public interface PixelSource {
    /** Image width in pixels, at least 1. */
    int width();

    /** Image height in pixels, at least 1. */
    int height();

    /**
     * Fills {@code chw} from index 0 with the rectangle's pixels in [0, 1]: planar, one {@code
     * height * width} plane a channel, as many channels as the model has. The rectangle lies within
     * the image.
     */
    void read(int x, int y, int width, int height, FloatBuffer chw);

    /** Told once no row above {@code row} will be read again: its pixels may go. */
    default void release(int row) {}
}
