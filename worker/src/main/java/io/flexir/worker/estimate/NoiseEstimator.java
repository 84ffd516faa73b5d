package io.flexir.worker.estimate;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The standard deviation of additive white Gaussian noise: the median magnitude of the finest
 * diagonal wavelet coefficients over that of a standard normal variable (Donoho and Johnstone,
 * Ideal spatial adaptation by wavelet shrinkage, Biometrika 81, 1994), with Daubechies' wavelet of
 * two vanishing moments. Places where the scale's ends cut the noise off are left out. The mean
 * over the channels.
 *
 * <p>Texture is taken for noise of a few levels, and noise that a codec smoothed for less than it
 * was. Looks at a bounded number of pixels, however large the image is. Stateless.
 */
public final class NoiseEstimator {
    /** Names the method in receipts. */
    public static final String NAME = "mad-db2";

    private static final int CHANNELS = 3;
    private static final int TAPS = 4;
    private static final int STEP = 2;
    private static final double LEVELS = 255;
    private static final double[] HIGH_PASS = highPass();

    private NoiseEstimator() {}

    /** The estimate, in levels of 0..255; 0 for an image without a place to look at. */
    public static double sigma(ImageView image) {
        List<DetailBand> bands = Stream.generate(DetailBand::new).limit(CHANNELS).toList();
        float[] planes = new float[CHANNELS * Tile.SIDE * Tile.SIDE];
        for (Tile tile : Tile.sample(image.width(), image.height())) {
            image.read(tile.x(), tile.y(), tile.width(), tile.height(), FloatBuffer.wrap(planes));
            for (int channel = 0; channel < CHANNELS; channel++) {
                collect(planes, channel, tile, bands.get(channel));
            }
        }
        return bands.stream().mapToDouble(DetailBand::sigma).average().orElseThrow();
    }

    private static void collect(float[] planes, int channel, Tile tile, DetailBand band) {
        int plane = channel * tile.width() * tile.height();
        for (int y = 0; y + TAPS <= tile.height(); y += STEP) {
            for (int x = 0; x + TAPS <= tile.width(); x += STEP) {
                collect(planes, plane + y * tile.width() + x, tile.width(), band);
            }
        }
    }

    private static void collect(float[] planes, int start, int stride, DetailBand band) {
        double detail = 0;
        double sum = 0;
        for (int i = 0; i < TAPS; i++) {
            int row = start + i * stride;
            double across = 0;
            for (int j = 0; j < TAPS; j++) {
                float value = planes[row + j];
                across += HIGH_PASS[j] * value;
                sum += value;
            }
            detail += HIGH_PASS[i] * across;
        }
        band.add(LEVELS * detail, LEVELS * sum / (TAPS * TAPS));
    }

    /** Daubechies, Ten Lectures on Wavelets, 1992, table 6.1; of unit norm. */
    private static double[] highPass() {
        double root = Math.sqrt(3);
        double norm = 4 * Math.sqrt(2);
        return new double[] {
            (1 - root) / norm, -(3 - root) / norm, (3 + root) / norm, -(1 + root) / norm
        };
    }
}
