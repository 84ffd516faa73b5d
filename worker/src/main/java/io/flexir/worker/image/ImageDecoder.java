package io.flexir.worker.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

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
        Optional<Refused> refusedLength = limits.refusalOfLength(file.length);
        if (refusedLength.isPresent()) {
            return refusedLength.get();
        }
        Optional<ImageFormat> format = FormatSniffer.format(file);
        return format.isPresent() ? decode(file, format.get()) : FormatSniffer.refusal(file);
    }

    private DecodeResult decode(byte[] file, ImageFormat format) {
        try {
            Envelope envelope = envelope(file, format);
            Optional<Refused> refused = limits.refusalOf(envelope.header());
            return refused.isPresent() ? refused.get() : decode(envelope);
        } catch (MalformedImageException e) {
            return e.refused();
        } catch (IOException | RuntimeException e) {
            // Plug-ins and parsers meet damaged files with any of these: this is the one edge.
            return new Refused(
                    RefusalReason.CORRUPT,
                    "The %s file is damaged or cut off and cannot be decoded. Send it again, or save"
                                    .formatted(format)
                            + " it anew.");
        }
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

    private static Decoded decode(Envelope envelope) throws IOException {
        ImageHeader header = envelope.header();
        BufferedImage image = PluginReader.read(header.format(), envelope.payload());
        if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
            throw MalformedImageException.corrupt(
                    "The picture data is of another size than the header says.");
        }
        return new Decoded(header, RasterImport.toPixels(image, envelope));
    }
}
