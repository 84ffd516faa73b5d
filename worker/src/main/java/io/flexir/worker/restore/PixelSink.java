package io.flexir.worker.restore;

import java.nio.FloatBuffer;

/**
 * Where restored pixels go. Every pixel of the output is written once; the rectangles differ in
 * size and come in roughly, not strictly, row-major order. Called from one thread.
 */
@FunctionalInterface
public interface PixelSink {
    /**
     * Takes a rectangle of the output, in output pixels (input pixels times the model's scale).
     *
     * @param chw planar, one {@code height * width} plane a channel, from index 0; clamped to [0,
     *     1] by the engine; valid only during the call
     */
    void write(int x, int y, int width, int height, FloatBuffer chw);
}
