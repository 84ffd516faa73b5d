package io.flexir.worker.image;

/** The file formats that are read, and written. */
public enum ImageFormat {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    TIFF("image/tiff", "tif"),
    BMP("image/bmp", "bmp"),
    WEBP("image/webp", "webp");

    private final String contentType;
    private final String extension;

    ImageFormat(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    /** Media type, for example {@code image/png}. */
    public String contentType() {
        return contentType;
    }

    /** File name extension without a dot. */
    public String extension() {
        return extension;
    }
}
