package io.flexir.ops.bench.scale;

import io.flexir.ops.bench.image.ImageSet;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Noisy pieces of photos. */
public final class Pieces {
    private static final double SIGMA = 25;

    private Pieces() {}

    /** The middle of each photo with noise, as PNG. */
    static List<byte[]> of(Path samples, int size) {
        List<Path> files = ImageSet.of(samples).files();
        return IntStream.range(0, files.size())
                .mapToObj(number -> piece(files.get(number), number, size))
                .toList();
    }

    /** The same of one photo, chosen by the size. */
    public static byte[] one(Path samples, int size) {
        List<Path> files = ImageSet.of(samples).files();
        return piece(files.get(size % files.size()), 0, size);
    }

    private static byte[] piece(Path file, int seed, int size) {
        try {
            RgbImage middle = middle(ImageFiles.read(file), size);
            return ImageFiles.encodePng(new GaussianNoise(SIGMA, seed).addedTo(middle));
        } catch (IOException e) {
            throw new CannotStart(
                    e.getMessage() + ": remove the file, or name another directory", e);
        }
    }

    private static RgbImage middle(RgbImage photo, int size) {
        int width = Math.min(size, photo.width());
        int height = Math.min(size, photo.height());
        int left = (photo.width() - width) / 2;
        int top = (photo.height() - height) / 2;
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    photo.samples(),
                    ((top + y) * photo.width() + left) * RgbImage.CHANNELS,
                    samples,
                    y * width * RgbImage.CHANNELS,
                    width * RgbImage.CHANNELS);
        }
        return new RgbImage(width, height, samples);
    }
}
