package io.flexir.ops.bench.quality.measure;

import io.flexir.ops.bench.image.Raster;

/**
 * PSNR that counts blocking too (C. Yim and A. C. Bovik, "Quality Assessment of Deblocked Images",
 * 2011): the mean squared error grows by the blocking effect factor of the picture, for blocks of 8
 * x 8 from the top left corner.
 */
public final class PsnrB {

    private static final int BLOCK = 8;

    private PsnrB() {}

    /** In dB, of gray pictures; at most the PSNR. */
    public static double of(Raster reference, Raster picture) {
        double error = Psnr.meanSquaredError(reference, picture);
        return Psnr.decibels(error + blockingEffect(picture));
    }

    /**
     * How much more neighbours differ across block borders than elsewhere, weighted by {@code
     * log2(8) / log2(shorter side)}; 0 where they do not.
     */
    static double blockingEffect(Raster picture) {
        Steps borders = new Steps();
        Steps others = new Steps();
        float[] plane = picture.planes()[0];
        int width = picture.width();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                if (x + 1 < width) {
                    ((x + 1) % BLOCK == 0 ? borders : others).add(plane[at], plane[at + 1]);
                }
                if (y + 1 < picture.height()) {
                    ((y + 1) % BLOCK == 0 ? borders : others).add(plane[at], plane[at + width]);
                }
            }
        }
        double excess = borders.mean() - others.mean();
        int side = Math.min(width, picture.height());
        return excess > 0 ? excess * Math.log(BLOCK) / Math.log(side) : 0;
    }

    /** Mean of squared differences. */
    private static final class Steps {
        private double sum;
        private long count;

        void add(float one, float other) {
            double step = (double) one - other;
            sum += step * step;
            count++;
        }

        double mean() {
            return count == 0 ? 0 : sum / count;
        }
    }
}
