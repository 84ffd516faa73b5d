package io.flexir.ops.bench.image;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A picture in floating point, gray or colour.
 *
 * @param width pixels
 * @param height pixels
 * @param planes [1 or 3][height * width], red first; black is 0 and white is 1, noise may leave
 *     that range; shared, not copied: nobody writes to it
 */
public record Raster(int width, int height, float[][] planes) {

    private static final int MAX = 255;
    private static final int COLOURS = 3;

    public Raster {
        if (planes.length != 1 && planes.length != COLOURS) {
            throw new IllegalArgumentException("1 or 3 planes are needed, not " + planes.length);
        }
        int pixels = Math.multiplyExact(width, height);
        if (width < 1
                || height < 1
                || Arrays.stream(planes).anyMatch(plane -> plane.length != pixels)) {
            throw new IllegalArgumentException(
                    "the planes do not hold " + width + " x " + height + " pixels");
        }
    }

    /** One gray plane. */
    public static Raster gray(int width, int height, float[] plane) {
        return new Raster(width, height, new float[][] {plane});
    }

    public boolean isGray() {
        return planes.length == 1;
    }

    /** The same as three equal planes; itself if it is in colour. */
    public Raster inColour() {
        return isGray()
                ? new Raster(width, height, new float[][] {planes[0], planes[0], planes[0]})
                : this;
    }

    /** What lies beyond black and white becomes black or white. */
    public Raster clamped() {
        return mapped(value -> Math.clamp(value, 0f, 1f));
    }

    /** As an 8-bit file would hold it: clamped, and rounded to multiples of 1/255. */
    public Raster rounded() {
        return mapped(value -> (float) Math.rint(Math.clamp(value, 0f, 1f) * MAX) / MAX);
    }

    /** The rectangle without {@code border} pixels on each side. */
    public Raster inner(int border) {
        return cropped(border, border, width - 2 * border, height - 2 * border);
    }

    /** The rectangle of this size whose top left pixel is {@code x, y}. */
    public Raster cropped(int x, int y, int newWidth, int newHeight) {
        return withPlanes(
                newWidth,
                newHeight,
                plane -> {
                    float[] part = new float[newWidth * newHeight];
                    for (int row = 0; row < newHeight; row++) {
                        int from = (y + row) * width + x;
                        System.arraycopy(plane, from, part, row * newWidth, newWidth);
                    }
                    return part;
                });
    }

    /** A picture of another size, each plane made from one of these. */
    Raster withPlanes(int newWidth, int newHeight, UnaryOperator<float[]> operator) {
        return new Raster(
                newWidth, newHeight, Arrays.stream(planes).map(operator).toArray(float[][]::new));
    }

    private Raster mapped(FloatOperator operator) {
        return withPlanes(
                width,
                height,
                plane -> {
                    float[] result = new float[plane.length];
                    for (int i = 0; i < result.length; i++) {
                        result[i] = operator.apply(plane[i]);
                    }
                    return result;
                });
    }

    @FunctionalInterface
    private interface FloatOperator {
        float apply(float value);
    }
}
