package io.flexir.worker.image;

/**
 * A finished file.
 *
 * @param bytes the file; handed over, not copied: it can be hundreds of megabytes
 */
public record EncodedImage(ImageFormat format, byte[] bytes) implements EncodeResult {
    /** Media type of {@link #bytes}. */
    public String contentType() {
        return format.contentType();
    }

    /** File name extension without a dot. */
    public String extension() {
        return format.extension();
    }
}
