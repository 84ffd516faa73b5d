package io.flexir.worker.estimate;

import java.util.Arrays;

/**
 * Wavelet coefficients of one channel, each with the brightness of its place. Grows as it is
 * filled; one thread.
 */
final class DetailBand {
    /** The median of the magnitude of a standard normal variable. */
    private static final double NORMAL_MEDIAN = 0.6744897501960817;

    /**
     * Coefficients under this, in levels of 0..255, are those of a flat area, without any noise.
     */
    private static final double FLAT = 1e-3;

    /** Noise reaches the ends of the scale in places nearer to them than so many deviations. */
    private static final double MARGIN_SIGMAS = 2;

    /** The share of places, the farthest from the ends, that is looked at however large it is. */
    private static final int LEAST_SHARE = 50;

    private static final int LEAST_COUNT = 200;
    private static final int ROUNDS = 3;

    /** Magnitude in the upper half, margin in the lower: positive floats sort like their bits. */
    private long[] coefficients = new long[1 << 12];

    private int count;

    /**
     * Takes one coefficient in.
     *
     * @param detail in levels of 0..255
     * @param mean brightness of the pixels it comes from, in levels of 0..255
     */
    void add(double detail, double mean) {
        double magnitude = Math.abs(detail);
        if (magnitude < FLAT) {
            return;
        }
        if (count == coefficients.length) {
            coefficients = Arrays.copyOf(coefficients, 2 * count);
        }
        float margin = (float) Math.max(0, Math.min(mean, 255 - mean));
        coefficients[count++] =
                (long) Float.floatToIntBits((float) magnitude) << Integer.SIZE
                        | Float.floatToIntBits(margin);
    }

    /**
     * The noise's standard deviation, in levels of 0..255; 0 where everything is flat. Places so
     * dark or so bright that the noise was cut off there are left out, which takes an estimate of
     * the noise: so it is repeated.
     */
    double sigma() {
        if (count == 0) {
            return 0;
        }
        Arrays.sort(coefficients, 0, count);
        double least = leastMargin();
        double sigma = sigma(0);
        for (int round = 0; round < ROUNDS; round++) {
            sigma = sigma(Math.min(MARGIN_SIGMAS * sigma, least));
        }
        return sigma;
    }

    private double sigma(double leastMargin) {
        int inside = 0;
        for (int i = 0; i < count; i++) {
            inside += margin(i) >= leastMargin ? 1 : 0;
        }
        int before = inside / 2;
        for (int i = 0; i < count; i++) {
            if (margin(i) >= leastMargin && before-- == 0) {
                return magnitude(i) / NORMAL_MEDIAN;
            }
        }
        throw new IllegalStateException("no coefficient has the margin " + leastMargin);
    }

    /** The margin that the farthest places have. */
    private double leastMargin() {
        float[] margins = new float[count];
        for (int i = 0; i < count; i++) {
            margins[i] = margin(i);
        }
        Arrays.sort(margins);
        return margins[count - Math.min(count, Math.max(LEAST_COUNT, count / LEAST_SHARE))];
    }

    private float magnitude(int index) {
        return Float.intBitsToFloat((int) (coefficients[index] >>> Integer.SIZE));
    }

    private float margin(int index) {
        return Float.intBitsToFloat((int) coefficients[index]);
    }
}
