package io.flexir.worker.config;

import java.time.Duration;

/**
 * What images may cost.
 *
 * @param maxPixels an image of more pixels is rejected
 * @param maxOutputPixels an image whose result would have more pixels is rejected
 * @param memoryBytes what all images in work may take together: files, pixels, and the network's
 *     values; an image that needs more is rejected, one that needs more than is free waits
 * @param maxDecoding processor time that the pixels of one file may take
 */
public record ImageSettings(
        long maxPixels, long maxOutputPixels, long memoryBytes, Duration maxDecoding) {
    /** 50 megapixels in, 200 out, 1 GiB, a minute. */
    public static final ImageSettings DEFAULT =
            new ImageSettings(50_000_000, 200_000_000, 1L << 30, Duration.ofSeconds(60));

    public ImageSettings {
        Check.between("maxPixels", maxPixels, 1, 500_000_000L);
        Check.between("maxOutputPixels", maxOutputPixels, maxPixels, 500_000_000L);
        Check.between("maxDecoding", maxDecoding, Duration.ofMillis(1), Duration.ofHours(1));
        Check.between("memoryBytes", memoryBytes, 1L << 20, 1L << 50);
    }
}
