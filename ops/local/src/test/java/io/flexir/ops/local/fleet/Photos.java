package io.flexir.ops.local.fleet;

import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import java.io.IOException;
import java.nio.file.Path;

/** Parts of a sample photo, with and without seeded noise. */
final class Photos {
    static final double SIGMA = 25;

    private static final Path DOG = Path.of("..", "samples", "dog.png");
    private static final int ORIGIN = 130;

    private Photos() {}

    /** A part of the photo; repeated where it is wanted larger than the photo is. */
    static RgbImage clean(int width, int height) throws IOException {
        RgbImage photo = ImageFiles.read(DOG);
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int row = (ORIGIN + y) % photo.height();
                int from = (row * photo.width() + (ORIGIN + x) % photo.width()) * RgbImage.CHANNELS;
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

    static RgbImage noisy(RgbImage clean) {
        return new GaussianNoise(SIGMA, 7).addedTo(clean);
    }

    static byte[] noisyPng(int width, int height) throws IOException {
        return ImageFiles.encodePng(noisy(clean(width, height)));
    }
}
