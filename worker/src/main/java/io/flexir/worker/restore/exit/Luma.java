package io.flexir.worker.restore.exit;

import java.nio.FloatBuffer;

/**
 * Brightness of a part of an image, in [0, 1].
 *
 * @param width columns
 * @param height rows
 * @param values row-major, {@code height * width}; not copied, the maker hands it over
 */
public record Luma(int width, int height, float[] values) {
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    public Luma {
        if (values.length != width * height) {
            throw new IllegalArgumentException(
                    values.length + " values for " + width + "x" + height);
        }
    }

    /**
     * Luma (BT.601) of a rectangle, clamped to [0, 1] before it is weighted.
     *
     * @param chw planar image, {@code [channels, imageHeight, imageWidth]}
     * @param channels 3 for red, green, blue; with 1 the plane is the luma
     */
    public static Luma of(
            FloatBuffer chw,
            int channels,
            int imageWidth,
            int imageHeight,
            int x,
            int y,
            int width,
            int height) {
        float[] weights = channels == 3 ? new float[] {RED, GREEN, BLUE} : new float[] {1};
        float[] luma = new float[width * height];
        float[] row = new float[width];
        for (int channel = 0; channel < weights.length; channel++) {
            for (int line = 0; line < height; line++) {
                chw.get((channel * imageHeight + y + line) * imageWidth + x, row);
                for (int column = 0; column < width; column++) {
                    luma[line * width + column] +=
                            weights[channel] * Math.clamp(row[column], 0f, 1f);
                }
            }
        }
        return new Luma(width, height, luma);
    }
}
