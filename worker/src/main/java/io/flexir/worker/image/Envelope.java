package io.flexir.worker.image;

/**
 * A file taken apart before any pixel is decoded.
 *
 * @param iccProfile embedded profile as it stands in the file, or no bytes
 * @param exif embedded TIFF structure, uncleaned, or no bytes
 * @param payload what the decoder gets: the same picture without what we read ourselves
 */
record Envelope(
        ImageHeader header,
        Orientation orientation,
        byte[] iccProfile,
        byte[] exif,
        byte[] payload) {
    static final byte[] ABSENT = new byte[0];
}
