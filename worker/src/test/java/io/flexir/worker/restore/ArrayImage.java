package io.flexir.worker.restore;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import javax.imageio.ImageIO;

/**
 * A small colour image in memory, planar in [0, 1]: what the engine reads from and writes to in
 * tests.
 */
final class ArrayImage implements PixelSource, PixelSink {
    private static final int CHANNELS = 3;
    private static final Path SAMPLES = Path.of("..", "ops", "samples");

    private final int width;
    private final int height;
    private final float[] values;

    ArrayImage(int width, int height) {
        this.width = width;
        this.height = height;
        this.values = new float[CHANNELS * width * height];
        Arrays.fill(values, Float.NaN);
    }

    /** The top left part of a sample photo with Gaussian noise. */
    static ArrayImage noisy(String photo, int width, int height, double sigma) {
        ArrayImage image = clean(photo, width, height);
        Random random = new Random(25);
        for (int i = 0; i < image.values.length; i++) {
            image.values[i] += (float) (random.nextGaussian() * sigma / 255);
        }
        return image;
    }

    static ArrayImage clean(String photo, int width, int height) {
        BufferedImage pixels;
        try {
            pixels = ImageIO.read(SAMPLES.resolve(photo).toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        ArrayImage image = new ArrayImage(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb =
                        pixels.getRGB(mirror(x, pixels.getWidth()), mirror(y, pixels.getHeight()));
                for (int channel = 0; channel < CHANNELS; channel++) {
                    image.set(channel, x, y, (rgb >> (16 - 8 * channel) & 0xff) / 255f);
                }
            }
        }
        return image;
    }

    private static int mirror(int position, int length) {
        int folded = position % (2 * length);
        return folded < length ? folded : 2 * length - 1 - folded;
    }

    float at(int channel, int x, int y) {
        return values[(channel * height + y) * width + x];
    }

    void set(int channel, int x, int y, float value) {
        values[(channel * height + y) * width + x] = value;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public void read(int x, int y, int w, int h, FloatBuffer chw) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int row = 0; row < h; row++) {
                chw.put(
                        (channel * h + row) * w,
                        values,
                        (channel * height + y + row) * width + x,
                        w);
            }
        }
    }

    @Override
    public void write(int x, int y, int w, int h, FloatBuffer chw) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int row = 0; row < h; row++) {
                for (int column = 0; column < w; column++) {
                    if (!Float.isNaN(at(channel, x + column, y + row))) {
                        throw new IllegalStateException(
                                "pixel " + (x + column) + "," + (y + row) + " written twice");
                    }
                    set(channel, x + column, y + row, chw.get((channel * h + row) * w + column));
                }
            }
        }
    }

    /** Peak signal-to-noise ratio against {@code clean}, in dB. */
    double psnr(ArrayImage clean) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = values[i] - clean.values[i];
            sum += difference * difference;
        }
        return -10 * Math.log10(sum / values.length);
    }

    /** All values, planar. */
    FloatBuffer values() {
        return FloatBuffer.wrap(values);
    }

    boolean isComplete() {
        for (float value : values) {
            if (!(value >= 0 && value <= 1)) {
                return false;
            }
        }
        return true;
    }

    /** Mean absolute difference in levels of 0..255. */
    double meanLevelsFrom(ArrayImage other) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += Math.abs(values[i] - other.values[i]);
        }
        return sum / values.length * 255;
    }

    /** Largest absolute difference in levels of 0..255. */
    double maxLevelsFrom(ArrayImage other) {
        double max = 0;
        for (int i = 0; i < values.length; i++) {
            max = Math.max(max, Math.abs(values[i] - other.values[i]));
        }
        return max * 255;
    }
}
