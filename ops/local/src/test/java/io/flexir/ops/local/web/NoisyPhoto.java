package io.flexir.ops.local.web;

import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The upper left of a sample photo, with seeded noise.
 *
 * @param clean without the noise
 * @param noisy with it
 */
record NoisyPhoto(RgbImage clean, RgbImage noisy) {
    private static final double SIGMA = 25;

    static NoisyPhoto of(String sample, int width, int height) {
        RgbImage clean = crop(read(sample), width, height);
        return new NoisyPhoto(clean, new GaussianNoise(SIGMA, 7).addedTo(clean));
    }

    byte[] png() {
        return ImageFiles.encodePng(noisy);
    }

    private static RgbImage read(String sample) {
        try {
            return ImageFiles.read(Path.of("..", "samples", sample + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Repeated where it is wanted larger than it is. */
    private static RgbImage crop(RgbImage photo, int width, int height) {
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from =
                        ((y % photo.height()) * photo.width() + x % photo.width())
                                * RgbImage.CHANNELS;
                System.arraycopy(
                        photo.samples(),
                        from,
                        samples,
                        (y * width + x) * RgbImage.CHANNELS,
                        RgbImage.CHANNELS);
            }
        }
        return new RgbImage(width, height, samples);
    }
}
