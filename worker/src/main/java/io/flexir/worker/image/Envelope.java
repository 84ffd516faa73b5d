package io.flexir.worker.image;

/**
 * A file taken apart before any pixel is decoded.
 *
 * @param iccProfile embedded profile as it stands in the file, or no bytes
 * @param exif embedded TIFF structure, uncleaned, or no bytes
 * @param workBytes what the decoder takes beside file and picture, such as a progressive JPEG's
 *     coefficients
 * @param payload what the decoder gets: the same picture without what we read ourselves
 */
record Envelope(
        ImageHeader header,
        Orientation orientation,
        byte[] iccProfile,
        byte[] exif,
        long workBytes,
        byte[] payload) {
    static final byte[] ABSENT = new byte[0];
}
