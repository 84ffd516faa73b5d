package io.flexir.worker.image;

import java.security.MessageDigest;

/** A finished file. */
public final class EncodedImage implements EncodeResult {
    private final ImageFormat format;
    private final FileBytes file;

    EncodedImage(ImageFormat format, FileBytes file) {
        this.format = format;
        this.file = file;
    }

    public ImageFormat format() {
        return format;
    }

    /** Bytes of the file. */
    public long length() {
        return file.length();
    }

    /** The file in one piece: a copy, which can be hundreds of megabytes. */
    public byte[] bytes() {
        return file.joined();
    }

    /** Takes the file into a digest. */
    public void digest(MessageDigest digest) {
        file.digest(digest);
    }

    /** Media type of the file. */
    public String contentType() {
        return format.contentType();
    }

    /** File name extension without a dot. */
    public String extension() {
        return format.extension();
    }
}
