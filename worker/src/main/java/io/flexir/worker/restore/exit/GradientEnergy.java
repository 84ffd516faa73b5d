package io.flexir.worker.restore.exit;

import io.flexir.worker.restore.region.Rect;

/**
 * How busy a part of an image is: {@code log(1 + E)}, where {@code E} is the mean, over the part's
 * pixels, of the squared forward differences of luma within the part, across and down, in gray
 * levels (0 to 255).
 */
final class GradientEnergy {
    private static final double LEVELS = 255;

    private GradientEnergy() {}

    static double of(Luma luma, Rect part) {
        float[] values = luma.values();
        double sum = 0;
        for (int y = part.y(); y < part.bottom(); y++) {
            for (int x = part.x(); x < part.right(); x++) {
                int here = y * luma.width() + x;
                double across = x + 1 < part.right() ? values[here + 1] - values[here] : 0;
                double down =
                        y + 1 < part.bottom() ? values[here + luma.width()] - values[here] : 0;
                sum += across * across + down * down;
            }
        }
        return Math.log1p(sum * LEVELS * LEVELS / part.pixels());
    }
}
