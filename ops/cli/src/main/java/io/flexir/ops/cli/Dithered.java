package io.flexir.ops.cli;

import io.flexir.ops.local.quality.RgbImage;

/**
 * A picture in 216 colours, six levels a channel: what a pixel is off by goes to its neighbours to
 * come, as Floyd and Steinberg have it, so that the mean of a few pixels is right.
 */
final class Dithered {
    static final int LEVELS = 6;

    private static final int STEP = 255 / (LEVELS - 1);
    private static final int SHARES = 16;

    private final int width;
    private final int height;
    private final byte[] colours;

    private Dithered(int width, int height) {
        this.width = width;
        this.height = height;
        this.colours = new byte[width * height];
    }

    static Dithered of(RgbImage image) {
        Dithered dithered = new Dithered(image.width(), image.height());
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            dithered.add(image, channel);
        }
        return dithered;
    }

    private void add(RgbImage image, int channel) {
        int[] off = new int[width + 2];
        for (int y = 0; y < height; y++) {
            int[] below = new int[width + 2];
            int ahead = 0;
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int wanted =
                        image.sample(at * RgbImage.CHANNELS + channel)
                                + Math.floorDiv(off[x + 1] + ahead + SHARES / 2, SHARES);
                int level = Math.clamp(Math.round(wanted / (float) STEP), 0, LEVELS - 1);
                int error = wanted - level * STEP;
                ahead = error * 7;
                below[x] += error * 3;
                below[x + 1] += error * 5;
                below[x + 2] += error;
                colours[at] = (byte) ((colours[at] & 0xff) * LEVELS + level);
            }
            off = below;
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Number of the pixel's colour: red, green and blue as digits to the base of six. */
    int colour(int x, int y) {
        return colours[y * width + x] & 0xff;
    }
}
