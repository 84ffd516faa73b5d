package io.flexir.ops.bench.quality.measure;

import io.flexir.ops.bench.image.Raster;

import java.util.stream.IntStream;

/**
 * Structural similarity (Z. Wang, A. C. Bovik, H. R. Sheikh and E. P. Simoncelli, "Image Quality
 * Assessment: From Error Visibility to Structural Similarity", 2004): Gaussian window of 11 x 11
 * with standard deviation 1.5, K1 = 0.01, K2 = 0.03, peak 1, population covariance; the mean over
 * the windows that lie within the picture, and over the planes.
 */
public final class Ssim {

    /** Side of the window, and so of the smallest picture, in pixels. */
    public static final int WINDOW = 11;

    private static final double SIGMA = 1.5;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;
    private static final double[] WEIGHTS = weights();

    private Ssim() {}

    /**
     * At most 1, which equal pictures have.
     *
     * @throws IllegalArgumentException if a side is shorter than {@link #WINDOW}
     */
    public static double of(Raster reference, Raster picture) {
        if (Math.min(picture.width(), picture.height()) < WINDOW) {
            throw new IllegalArgumentException(
                    "SSIM needs " + WINDOW + " x " + WINDOW + " pixels at least");
        }
        return IntStream.range(0, reference.planes().length)
                .mapToDouble(
                        plane ->
                                ofPlanes(
                                        reference.planes()[plane],
                                        picture.planes()[plane],
                                        picture.width(),
                                        picture.height()))
                .average()
                .orElseThrow();
    }

    private static double ofPlanes(float[] x, float[] y, int width, int height) {
        double[] meanX = windowed(i -> x[i], width, height);
        double[] meanY = windowed(i -> y[i], width, height);
        double[] meanXx = windowed(i -> (double) x[i] * x[i], width, height);
        double[] meanYy = windowed(i -> (double) y[i] * y[i], width, height);
        double[] meanXy = windowed(i -> (double) x[i] * y[i], width, height);
        double sum = 0;
        for (int i = 0; i < meanX.length; i++) {
            double varianceX = meanXx[i] - meanX[i] * meanX[i];
            double varianceY = meanYy[i] - meanY[i] * meanY[i];
            double covariance = meanXy[i] - meanX[i] * meanY[i];
            sum +=
                    (2 * meanX[i] * meanY[i] + C1)
                            * (2 * covariance + C2)
                            / ((meanX[i] * meanX[i] + meanY[i] * meanY[i] + C1)
                                    * (varianceX + varianceY + C2));
        }
        return sum / meanX.length;
    }

    /** The weighted mean in each window that lies within the picture: along rows, then columns. */
    private static double[] windowed(Samples samples, int width, int height) {
        int columns = width - WINDOW + 1;
        int rows = height - WINDOW + 1;
        double[] across = new double[columns * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < columns; x++) {
                double sum = 0;
                for (int k = 0; k < WINDOW; k++) {
                    sum += WEIGHTS[k] * samples.at(y * width + x + k);
                }
                across[y * columns + x] = sum;
            }
        }
        double[] means = new double[columns * rows];
        for (int i = 0; i < means.length; i++) {
            for (int k = 0; k < WINDOW; k++) {
                means[i] += WEIGHTS[k] * across[i + k * columns];
            }
        }
        return means;
    }

    private static double[] weights() {
        double[] weights =
                IntStream.range(0, WINDOW)
                        .mapToDouble(i -> (i - WINDOW / 2) / SIGMA)
                        .map(distance -> Math.exp(-0.5 * distance * distance))
                        .toArray();
        double sum = IntStream.range(0, WINDOW).mapToDouble(i -> weights[i]).sum();
        return IntStream.range(0, WINDOW).mapToDouble(i -> weights[i] / sum).toArray();
    }

    @FunctionalInterface
    private interface Samples {
        double at(int index);
    }
}
