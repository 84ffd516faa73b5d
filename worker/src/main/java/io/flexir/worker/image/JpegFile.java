package io.flexir.worker.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes a JPEG apart (ITU-T T.81, annex B): walks every marker up to the end of the image, so that
 * a cut file is noticed, which the decoder would fill with gray.
 */
final class JpegFile {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;

    static final byte[] EXIF_SIGNATURE = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    static final byte[] ICC_SIGNATURE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

    /** More scans than any encoder makes; each costs a pass over the whole picture. */
    private static final int MAX_SCANS = 100;

    /** Of more than one scan the decoder keeps every coefficient. */
    private static final long COEFFICIENT_BYTES = 2;

    private final ByteBuffer in;
    private final ByteArrayOutputStream picture;
    private final Map<Integer, byte[]> profileParts = new TreeMap<>();
    private byte[] exif = Envelope.ABSENT;
    private int width;
    private int height;
    private int components;
    private int precision;
    private int scans;

    private JpegFile(byte[] file) {
        in = ByteBuffer.wrap(file);
        picture = new ByteArrayOutputStream(file.length);
        in.position(2);
        picture.write(file, 0, 2);
    }

    static Envelope parse(byte[] file) throws MalformedImageException {
        return new JpegFile(file).parse();
    }

    private Envelope parse() throws MalformedImageException {
        while (takeSegment()) {
            // Each call moves on by at least one marker.
        }
        if (components == 0 || scans == 0) {
            throw MalformedImageException.corrupt("The JPEG file holds no picture data.");
        }
        ImageHeader header =
                new ImageHeader(ImageFormat.JPEG, width, height, 1, components, precision);
        // A CMYK picture's profile has done its work once the decoder has made sRGB of it.
        byte[] profile = components == 4 ? Envelope.ABSENT : profile();
        return new Envelope(
                header,
                ExifBlock.orientation(exif),
                profile,
                exif,
                scans > 1 ? header.pixels() * components * COEFFICIENT_BYTES : 0,
                picture.toByteArray());
    }

    /** False after the end of the image. */
    private boolean takeSegment() throws MalformedImageException {
        int marker = nextMarker();
        if (marker == EOI) {
            picture.write(0xFF);
            picture.write(EOI);
            return false;
        }
        if (marker == SOI || isStandalone(marker)) {
            throw MalformedImageException.corrupt("The JPEG file has a marker out of place.");
        }
        int start = in.position() - 2;
        int length = in.getShort(in.position()) & 0xFFFF;
        if (length < 2) {
            throw MalformedImageException.corrupt("The JPEG file has a segment without length.");
        }
        if (length > in.remaining()) {
            throw truncated();
        }
        int dataAt = in.position() + 2;
        in.position(in.position() + length);
        takeSegment(marker, dataAt, length - 2);
        if (marker == SOS) {
            skipEntropyCodedData();
        }
        if (decoderNeeds(marker, dataAt, length - 2)) {
            picture.write(in.array(), start, in.position() - start);
        }
        return true;
    }

    private void takeSegment(int marker, int dataAt, int length) throws MalformedImageException {
        if (isFrameHeader(marker)) {
            takeFrameHeader(marker, dataAt);
        } else if (marker == SOS && ++scans > MAX_SCANS) {
            throw MalformedImageException.unsupported(
                    "JPEG files with more than %d scans are not read. Save it as a baseline JPEG."
                            .formatted(MAX_SCANS));
        } else if (marker == APP1 && has(EXIF_SIGNATURE, dataAt, length)) {
            int skipped = EXIF_SIGNATURE.length;
            exif = slice(dataAt + skipped, length - skipped);
        } else if (marker == APP2 && isProfile(dataAt, length)) {
            int skipped = ICC_SIGNATURE.length + 2;
            int number = in.get(dataAt + ICC_SIGNATURE.length) & 0xFF;
            profileParts.put(number, slice(dataAt + skipped, length - skipped));
        }
    }

    private void takeFrameHeader(int marker, int dataAt) throws MalformedImageException {
        if (marker > 0xC2) {
            throw MalformedImageException.unsupported(
                    "Lossless, hierarchical and arithmetic-coded JPEG files are not read. Save it as"
                            + " a baseline or progressive JPEG.");
        }
        if (components != 0) {
            throw MalformedImageException.corrupt("The JPEG file has two frame headers.");
        }
        precision = in.get(dataAt) & 0xFF;
        height = in.getShort(dataAt + 1) & 0xFFFF;
        width = in.getShort(dataAt + 3) & 0xFFFF;
        components = in.get(dataAt + 5) & 0xFF;
        if (precision != 8) {
            throw MalformedImageException.unsupported(
                    "JPEG files of %d bits per sample are not read. Save it with 8 bits, or as PNG."
                            .formatted(precision));
        }
        if (components != 1 && components != 3 && components != 4) {
            throw MalformedImageException.unsupported(
                    "JPEG files of %d components are not read. Save it as gray, RGB or CMYK."
                            .formatted(components));
        }
    }

    /** Application data and comments stay out, but for what tells the pixels' meaning. */
    private boolean decoderNeeds(int marker, int dataAt, int length) {
        return switch (marker) {
            case APP0, APP14 -> true;
            case APP1 -> has(EXIF_SIGNATURE, dataAt, length);
            case APP2 -> components == 4 && isProfile(dataAt, length);
            default -> marker != COM && (marker < APP0 || marker > APP15);
        };
    }

    private int nextMarker() throws MalformedImageException {
        while (in.hasRemaining()) {
            if ((in.get() & 0xFF) != 0xFF) {
                // Decoders skip stray bytes between segments, so we do.
                continue;
            }
            while (in.hasRemaining()) {
                int code = in.get() & 0xFF;
                if (code == 0) {
                    break;
                }
                if (code != 0xFF) {
                    return code;
                }
            }
        }
        throw truncated();
    }

    /** In coded data FF is followed by 00 or a restart marker; anything else ends the scan. */
    private void skipEntropyCodedData() throws MalformedImageException {
        byte[] file = in.array();
        for (int i = in.position(); i + 1 < file.length; i++) {
            int next = file[i + 1] & 0xFF;
            if (file[i] == (byte) 0xFF && next != 0 && next != 0xFF && !isStandalone(next)) {
                in.position(i);
                return;
            }
        }
        throw truncated();
    }

    private static boolean isStandalone(int marker) {
        return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private boolean isProfile(int dataAt, int length) {
        return length >= ICC_SIGNATURE.length + 2 && has(ICC_SIGNATURE, dataAt, length);
    }

    private boolean has(byte[] signature, int at, int length) {
        int end = at + signature.length;
        return length >= signature.length
                && Arrays.equals(in.array(), at, end, signature, 0, signature.length);
    }

    private byte[] profile() {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        profileParts.values().forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private byte[] slice(int at, int length) {
        return Arrays.copyOfRange(in.array(), at, at + length);
    }

    private static MalformedImageException truncated() {
        return MalformedImageException.corrupt(
                "The JPEG file ends too early. Send it again, in full.");
    }
}
