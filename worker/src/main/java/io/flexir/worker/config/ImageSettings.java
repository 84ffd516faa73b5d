package io.flexir.worker.config;

/**
 * What images may cost.
 *
 * @param maxPixels an image of more pixels is rejected
 * @param maxOutputPixels an image whose result would have more pixels is rejected
 * @param memoryBytes what all images in work may take together: files, pixels, and the network's
 *     values; an image that needs more is rejected, one that needs more than is free waits
 */
public record ImageSettings(long maxPixels, long maxOutputPixels, long memoryBytes) {
    /** 50 megapixels in, 200 out, 1 GiB. */
    public static final ImageSettings DEFAULT =
            new ImageSettings(50_000_000, 200_000_000, 1L << 30);

    public ImageSettings {
        Check.between("maxPixels", maxPixels, 1, 500_000_000L);
        Check.between("maxOutputPixels", maxOutputPixels, maxPixels, 500_000_000L);
        Check.between("memoryBytes", memoryBytes, 1L << 20, 1L << 50);
    }
}
