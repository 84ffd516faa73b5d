package io.flexir.worker.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Pixels to files. What is written beside the pixels is told in {@link ImageMetadata}.
 *
 * <p>Encoding blocks and computes: keep it off event loops. Stateless, safe for any thread.
 */
public final class ImageEncoder {
    /** Longest side that the format's header can state. */
    private static final int JPEG_MAX_SIDE = 65_535;

    private static final int WEBP_MAX_SIDE = 16_383;

    private ImageEncoder() {}

    /**
     * Whether this process can write the format: WebP needs a native library, which is there for
     * common systems and is unpacked into the temporary directory; the others are always written.
     */
    public static boolean canWrite(ImageFormat format) {
        return switch (format) {
            case PNG, JPEG, TIFF, BMP -> true;
            case WEBP -> WebpWriter.isAvailable();
        };
    }

    /** Why a picture of this size cannot be written so; empty when it can. */
    public static Optional<Refused> refusalOf(ImageFormat format, int width, int height) {
        if (!canWrite(format)) {
            return Optional.of(
                    new Refused(
                            RefusalReason.UNSUPPORTED,
                            "%s cannot be written on this system. Ask for PNG.".formatted(format)));
        }
        if (Math.max(width, height) > maxSide(format)) {
            return Optional.of(
                    new Refused(
                            RefusalReason.TOO_LARGE,
                            "The result is %d x %d pixels; %s holds at most %d a side. Ask for PNG."
                                    .formatted(width, height, format, maxSide(format))));
        }
        return Optional.empty();
    }

    /** Writes a picture; refused where it is too large for the format. */
    public static EncodeResult encode(PixelImage image, OutputFormat output) {
        Optional<Refused> refused = refusalOf(output.format(), image.width(), image.height());
        if (refused.isPresent()) {
            return refused.get();
        }
        try {
            return new EncodedImage(output.format(), write(image, output));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + output.format() + " to memory", e);
        }
    }

    /**
     * Bytes in use at most while a picture is written: itself, its file (which can be as large as
     * the samples), and copies where a plug-in wants them laid out otherwise.
     *
     * @param input what the picture was made of
     * @param scale the picture's pixels per pixel of the input, per axis
     */
    public static long encodingBytes(ImageFile input, int scale, OutputFormat output) {
        long picture = input.pictureBytes() * scale * scale;
        boolean asItIs = input.header().format() == ImageFormat.JPEG;
        return switch (output.format()) {
            case PNG ->
                    2 * picture
                            + PngWriter.longRowBytes(
                                    input.width() * scale, input.height() * scale, picture);
            case JPEG, TIFF, BMP -> picture * (asItIs ? 2 : 3);
            case WEBP -> 4 * picture;
        };
    }

    private static FileBytes write(PixelImage image, OutputFormat output) throws IOException {
        return switch (output) {
            case OutputFormat.Png png -> PngWriter.write(image);
            case OutputFormat.Jpeg jpeg -> JpegWriter.write(image, jpeg.quality());
            case OutputFormat.Tiff tiff -> TiffWriter.write(image);
            case OutputFormat.Bmp bmp -> BmpWriter.write(image);
            case OutputFormat.Webp webp -> WebpWriter.write(image, webp.quality());
        };
    }

    private static int maxSide(ImageFormat format) {
        return switch (format) {
            case JPEG -> JPEG_MAX_SIDE;
            case WEBP -> WEBP_MAX_SIDE;
            case PNG, TIFF, BMP -> Integer.MAX_VALUE;
        };
    }
}
