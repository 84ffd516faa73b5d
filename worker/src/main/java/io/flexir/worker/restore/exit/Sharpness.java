package io.flexir.worker.restore.exit;

import java.util.OptionalDouble;

/**
 * The paper's score Omega of a region: how sharp its output is.
 *
 * <p>Gradient map {@code G} by Roberts' cross, the root of the two diagonal differences' squares,
 * one row and column smaller than the luma. Of {@code G} a rim of {@code B = round(min(h, w) / 16)}
 * pixels is left out, {@code floor(B / 2)} at top and left, the rest at bottom and right. {@code MG
 * = max G}, {@code VG = (max G - min G) / mean G}, {@code Omega = MG^0.61 * VG^0.39}.
 */
public final class Sharpness {
    private static final double MAGNITUDE_EXPONENT = 0.61;
    private static final double VARIATION_EXPONENT = 0.39;
    private static final int RIM_DIVISOR = 16;

    private Sharpness() {}

    /**
     * The score; empty where there is no gradient at all, which is also so for a region too small
     * to have one.
     */
    public static OptionalDouble omega(Luma luma) {
        int rim = (int) Math.rint(Math.min(luma.width(), luma.height()) / (double) RIM_DIVISOR);
        int before = rim / 2;
        int after = rim - before;
        double max = 0;
        double min = Double.POSITIVE_INFINITY;
        double sum = 0;
        long count = 0;
        for (int y = before; y < luma.height() - 1 - after; y++) {
            for (int x = before; x < luma.width() - 1 - after; x++) {
                double gradient = roberts(luma, x, y);
                max = Math.max(max, gradient);
                min = Math.min(min, gradient);
                sum += gradient;
                count++;
            }
        }
        if (sum == 0) {
            return OptionalDouble.empty();
        }
        double variation = (max - min) / (sum / count);
        return OptionalDouble.of(
                Math.pow(max, MAGNITUDE_EXPONENT) * Math.pow(variation, VARIATION_EXPONENT));
    }

    private static double roberts(Luma luma, int x, int y) {
        float[] values = luma.values();
        int here = y * luma.width() + x;
        int below = here + luma.width();
        double falling = values[here] - values[below + 1];
        double rising = values[here + 1] - values[below];
        return Math.sqrt(falling * falling + rising * rising);
    }
}
