package io.flexir.ops.bench.chaos;

import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Images that take a worker milliseconds: noisy gradients of 32 to 64 pixels a side. */
final class TinyImages {
    private static final int KINDS = 16;

    private TinyImages() {}

    /** PNG files, the same for the same seed. */
    static List<byte[]> of(long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> png(random)).limit(KINDS).toList();
    }

    private static byte[] png(Random random) {
        int width = random.nextInt(32, 65);
        int height = random.nextInt(32, 65);
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / RgbImage.CHANNELS;
            double clean = 100 + pixel % width + (double) pixel / width;
            samples[i] = (byte) Math.clamp(Math.round(clean + 25 * random.nextGaussian()), 0, 255);
        }
        return ImageFiles.encodePng(new RgbImage(width, height, samples));
    }
}
