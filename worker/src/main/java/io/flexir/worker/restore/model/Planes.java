package io.flexir.worker.restore.model;

import io.flexir.worker.restore.region.Rect;

import java.nio.FloatBuffer;

/**
 * Values of an image or a feature map of which rectangles are taken out and put back.
 *
 * @param channels how many values a pixel has
 * @param channelsLast whether they lie pixel by pixel, {@code [height, width, channels]}; else
 *     plane by plane, {@code [channels, height, width]}
 */
record Planes(FloatBuffer values, int channels, boolean channelsLast, int width, int height) {
    /** The same layout of another size. */
    Planes of(FloatBuffer other, Rect part) {
        return new Planes(other, channels, channelsLast, part.width(), part.height());
    }

    long[] shape() {
        return channelsLast
                ? new long[] {1, height, width, channels}
                : new long[] {1, channels, height, width};
    }

    /** Copies {@code from}'s pixels into {@code to}. */
    void take(Rect from, FloatBuffer to) {
        Planes patch = of(to, from);
        copy(this, from.x(), from.y(), patch, 0, 0, from);
    }

    /**
     * Copies values back.
     *
     * @param part the pixels to write
     * @param patch values of {@code patchRect}, of which {@code part} is a part
     */
    void put(Rect part, FloatBuffer patch, Rect patchRect) {
        Rect inPatch = part.within(patchRect);
        copy(of(patch, patchRect), inPatch.x(), inPatch.y(), this, part.x(), part.y(), part);
    }

    private static void copy(
            Planes from, int fromX, int fromY, Planes to, int toX, int toY, Rect size) {
        int planes = from.channelsLast ? 1 : from.channels;
        int depth = from.channelsLast ? from.channels : 1;
        for (int plane = 0; plane < planes; plane++) {
            for (int y = 0; y < size.height(); y++) {
                int source = ((plane * from.height + fromY + y) * from.width + fromX) * depth;
                int target = ((plane * to.height + toY + y) * to.width + toX) * depth;
                to.values.put(target, from.values, source, size.width() * depth);
            }
        }
    }
}
