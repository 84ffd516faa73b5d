package io.flexir.worker.image;

/**
 * What a file says of itself before any pixel is decoded.
 *
 * @param width pixels as stored, before orientation is applied
 * @param height pixels as stored, before orientation is applied
 * @param frames pictures in the file, at least 1; reduced copies of the same picture do not count
 * @param channels samples of one decoded pixel at most, transparency among them
 * @param bitsPerSample bits of one channel of one pixel (of a palette index where there is one)
 */
public record ImageHeader(
        ImageFormat format, int width, int height, int frames, int channels, int bitsPerSample) {
    /** Width times height. */
    public long pixels() {
        return (long) width * height;
    }

    /** Width or height, whichever is more. */
    public int longerSide() {
        return Math.max(width, height);
    }

    /** Bytes that its decoded samples take. */
    long pictureBytes() {
        return pixels() * channels * (bitsPerSample > 8 ? 2 : 1);
    }
}
