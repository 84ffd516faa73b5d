package io.flexir.worker.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells a file's format by its first bytes; names and declared types are not looked at. */
final class FormatSniffer {
    private static final String ACCEPTED = " Send PNG, JPEG, TIFF, BMP or WebP.";

    private static final List<Magic> UNSUPPORTED =
            List.of(
                    new Magic("GIF", 0, "GIF8"),
                    new Magic("HEIC or HEIF", 4, "ftyphei"),
                    new Magic("HEIC or HEIF", 4, "ftyphev"),
                    new Magic("HEIC or HEIF", 4, "ftypmif1"),
                    new Magic("AVIF", 4, "ftypavi"),
                    new Magic("JPEG 2000", 4, "jP  "),
                    new Magic("JPEG 2000", 0, "\u00FFO\u00FFQ"),
                    new Magic("JPEG XL", 4, "JXL "),
                    new Magic("JPEG XL", 0, "\u00FF\n"),
                    new Magic("Photoshop (PSD)", 0, "8BPS"),
                    new Magic("PDF", 0, "%PDF"),
                    new Magic("SVG or other XML", 0, "<?xml"),
                    new Magic("SVG", 0, "<svg"),
                    new Magic("OpenEXR", 0, "v/1\u0001"),
                    new Magic("MNG", 0, "\u008AMNG"),
                    new Magic("Windows icon", 0, "\0\0\u0001\0"),
                    new Magic("BigTIFF", 0, "II+\0"),
                    new Magic("BigTIFF", 0, "MM\0+"));

    private FormatSniffer() {}

    /** The format, empty where it is none that we read. */
    static Optional<ImageFormat> format(byte[] file) {
        if (starts(file, 0, "\u0089PNG\r\n\u001A\n")) {
            return Optional.of(ImageFormat.PNG);
        }
        if (starts(file, 0, "\u00FF\u00D8\u00FF")) {
            return Optional.of(ImageFormat.JPEG);
        }
        if (starts(file, 0, "II*\0") || starts(file, 0, "MM\0*")) {
            return Optional.of(ImageFormat.TIFF);
        }
        if (starts(file, 0, "BM")) {
            return Optional.of(ImageFormat.BMP);
        }
        if (starts(file, 0, "RIFF") && starts(file, 8, "WEBP")) {
            return Optional.of(ImageFormat.WEBP);
        }
        return Optional.empty();
    }

    /** For a file without a format: what it is instead, as far as we can name it. */
    static Refused refusal(byte[] file) {
        return UNSUPPORTED.stream()
                .filter(magic -> starts(file, magic.offset(), magic.bytes()))
                .findFirst()
                .map(
                        magic ->
                                new Refused(
                                        RefusalReason.UNSUPPORTED,
                                        magic.name() + " files are not read." + ACCEPTED))
                .orElseGet(
                        () ->
                                new Refused(
                                        RefusalReason.UNKNOWN_FORMAT,
                                        "The first bytes are of no image format that we know."
                                                + ACCEPTED));
    }

    private static boolean starts(byte[] file, int offset, String latin1) {
        byte[] magic = latin1.getBytes(StandardCharsets.ISO_8859_1);
        int end = offset + magic.length;
        return file.length >= end && Arrays.equals(file, offset, end, magic, 0, magic.length);
    }

    private record Magic(String name, int offset, String bytes) {}
}
