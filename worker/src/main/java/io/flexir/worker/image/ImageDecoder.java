package io.flexir.worker.image;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Files to pixels. The header is read first and held against the limits; only then are pixels
 * decoded. Whatever is wrong with a file comes back as {@link Refused}.
 *
 * <p>The formats: PNG (all depths and colour types, one frame), JPEG (8 bits, baseline and
 * progressive; gray, RGB, YCbCr, CMYK and YCCK), TIFF (uncompressed, CCITT, LZW, Deflate, PackBits;
 * gray, RGB, palette, CMYK; up to 16 bits, one page), BMP and WebP (lossy and lossless, still).
 * Palettes become RGB, or gray where they hold nothing else; depths under 8 become 8.
 *
 * <p>Decoding blocks and computes: keep it off event loops. Stateless, safe for any thread.
 */
public final class ImageDecoder {
    private final ImageLimits limits;

    /** A decoder that refuses what goes beyond the limits. */
    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes a file, turned upright.
     *
     * @param file all its bytes
     */
    public DecodeResult decode(byte[] file) {
        return switch (open(file)) {
            case ImageFile accepted -> accepted.decode();
            case Refused refused -> refused;
        };
    }

    /**
     * Reads a file's header and holds it against the limits.
     *
     * @param file all its bytes
     */
    public OpenResult open(byte[] file) {
        Optional<Refused> refusedLength = limits.refusalOfLength(file.length);
        if (refusedLength.isPresent()) {
            return refusedLength.get();
        }
        Optional<ImageFormat> format = FormatSniffer.format(file);
        return format.isPresent() ? open(file, format.get()) : FormatSniffer.refusal(file);
    }

    private OpenResult open(byte[] file, ImageFormat format) {
        return unlessDamaged(format, () -> open(envelope(file, format)), refused -> refused);
    }

    private OpenResult open(Envelope envelope) {
        Optional<Refused> refused = limits.refusalOf(envelope.header());
        return refused.isPresent() ? refused.get() : new ImageFile(envelope, limits.maxDecoding());
    }

    private static Envelope envelope(byte[] file, ImageFormat format)
            throws MalformedImageException {
        return switch (format) {
            case PNG -> PngFile.parse(file);
            case JPEG -> JpegFile.parse(file);
            case TIFF -> TiffFile.parse(file);
            case BMP -> BmpFile.parse(file);
            case WEBP -> WebpFile.parse(file);
        };
    }

    /**
     * Plug-ins and parsers meet damaged files with all sorts of exceptions: this is the one edge.
     */
    static <T> T unlessDamaged(
            ImageFormat format, Reading<T> reading, Function<Refused, T> refused) {
        try {
            return reading.read();
        } catch (MalformedImageException e) {
            return refused.apply(e.refused());
        } catch (IOException | RuntimeException e) {
            return refused.apply(
                    new Refused(
                            RefusalReason.CORRUPT,
                            "The %s file is damaged or cut off and cannot be decoded. Send it again, or save"
                                            .formatted(format)
                                    + " it anew."));
        }
    }

    /** Something that is done with bytes of a stranger. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }
}
