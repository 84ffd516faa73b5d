package io.flexir.worker.restore.exit;

import java.util.OptionalDouble;

/**
 * The paper's score Omega of a region: how sharp its output is.
 *
 * <p>Gradient map {@code G} by Roberts' cross, the root of the two diagonal differences' squares,
 * one row and column smaller than the luma. {@code G_c} is {@code G} without a rim of {@code B =
 * round(min(h, w) / 16)} pixels, {@code floor(B / 2)} of them at top and left, the rest at bottom
 * and right. {@code MG = max G_c}, {@code VG = (max G_c - min G_c) / mean G}, {@code Omega =
 * MG^0.61 * VG^0.39}.
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
        int rim = Math.round(Math.min(luma.width(), luma.height()) / (float) RIM_DIVISOR);
        int before = rim / 2;
        int right = luma.width() - 1 - (rim - before);
        int bottom = luma.height() - 1 - (rim - before);
        double max = 0;
        double min = Double.POSITIVE_INFINITY;
        double sum = 0;
        for (int y = 0; y < luma.height() - 1; y++) {
            for (int x = 0; x < luma.width() - 1; x++) {
                double gradient = roberts(luma, x, y);
                sum += gradient;
                if (x >= before && x < right && y >= before && y < bottom) {
                    max = Math.max(max, gradient);
                    min = Math.min(min, gradient);
                }
            }
        }
        if (sum == 0 || min > max) {
            return OptionalDouble.empty();
        }
        double mean = sum / ((luma.width() - 1.0) * (luma.height() - 1.0));
        double variation = (max - min) / mean;
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
