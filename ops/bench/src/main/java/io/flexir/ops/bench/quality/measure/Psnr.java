package io.flexir.ops.bench.quality.measure;

import io.flexir.ops.bench.image.Raster;

/** Peak signal-to-noise ratio, with a peak of 1. */
public final class Psnr {

    private Psnr() {}

    /** {@code -10 log10(mean squared error over all planes)} in dB; infinite for equal pictures. */
    public static double of(Raster reference, Raster picture) {
        return decibels(meanSquaredError(reference, picture));
    }

    static double meanSquaredError(Raster reference, Raster picture) {
        double sum = 0;
        long samples = 0;
        for (int plane = 0; plane < reference.planes().length; plane++) {
            float[] expected = reference.planes()[plane];
            float[] actual = picture.planes()[plane];
            for (int i = 0; i < expected.length; i++) {
                double difference = (double) expected[i] - actual[i];
                sum += difference * difference;
            }
            samples += expected.length;
        }
        return sum / samples;
    }

    static double decibels(double meanSquaredError) {
        return -10 * Math.log10(meanSquaredError);
    }
}
