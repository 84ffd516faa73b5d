package io.flexir.worker.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes a PNG apart (PNG 3rd edition, section 5): checks the chunks' order and the critical chunks'
 * CRCs, and leaves the decoder nothing but picture data.
 */
final class PngFile {
    static final int IHDR = 0x49484452;
    static final int IDAT = 0x49444154;
    static final int IEND = 0x49454E44;
    static final int ICCP = 0x69434350;
    static final int EXIF = 0x65584966;
    private static final int PLTE = 0x504C5445;
    private static final int TRNS = 0x74524E53;
    private static final int ACTL = 0x6163544C;

    static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_OVERHEAD_BYTES = 12;

    private final ByteBuffer in;
    private final ByteArrayOutputStream picture;
    private int frames = 1;
    private boolean hasData;
    private boolean hasProfile;
    private byte[] iccProfile = Envelope.ABSENT;
    private byte[] exif = Envelope.ABSENT;

    private PngFile(byte[] file) {
        in = ByteBuffer.wrap(file);
        picture = new ByteArrayOutputStream(file.length);
        picture.write(file, 0, SIGNATURE_BYTES);
        in.position(SIGNATURE_BYTES);
    }

    static Envelope parse(byte[] file) throws MalformedImageException {
        return new PngFile(file).parse();
    }

    private Envelope parse() throws MalformedImageException {
        int headerAt = in.position() + 8;
        if (in.getInt(headerAt - 8) != 13 || in.getInt(headerAt - 4) != IHDR) {
            throw MalformedImageException.corrupt("The PNG file does not begin with its header.");
        }
        while (takeChunk()) {
            // Each call moves on by one chunk of at least 12 bytes.
        }
        if (!hasData) {
            throw MalformedImageException.corrupt("The PNG file holds no picture data.");
        }
        ImageHeader header =
                new ImageHeader(
                        ImageFormat.PNG,
                        in.getInt(headerAt),
                        in.getInt(headerAt + 4),
                        frames,
                        channels(in.get(headerAt + 9)),
                        in.get(headerAt + 8));
        return new Envelope(
                header, ExifBlock.orientation(exif), iccProfile, exif, 0, picture.toByteArray());
    }

    /** With the transparency that any colour type may have. */
    private static int channels(int colourType) {
        boolean gray = colourType == 0 || colourType == 4;
        return gray ? 2 : 4;
    }

    /** False after the last chunk. */
    private boolean takeChunk() throws MalformedImageException {
        int start = in.position();
        if (in.remaining() < CHUNK_OVERHEAD_BYTES) {
            throw truncated();
        }
        int length = in.getInt();
        int type = in.getInt();
        if (length < 0 || length > in.remaining() - 4) {
            throw truncated();
        }
        int dataAt = in.position();
        switch (type) {
            case IHDR, PLTE, TRNS, IDAT, IEND -> {
                if (type == IHDR && start != SIGNATURE_BYTES) {
                    throw MalformedImageException.corrupt("The PNG file holds its header twice.");
                }
                checkCrc(dataAt, length);
                picture.write(in.array(), start, length + CHUNK_OVERHEAD_BYTES);
                hasData |= type == IDAT;
            }
            case ACTL -> frames = Math.max(1, in.getInt(dataAt));
            case ICCP -> {
                // The standard allows one; unpacking each of thousands would take minutes.
                if (!hasProfile) {
                    hasProfile = true;
                    iccProfile = inflateProfile(dataAt, length);
                }
            }
            case EXIF -> exif = slice(dataAt, length);
            default -> refuseUnknownCritical(type);
        }
        in.position(dataAt + length + 4);
        return type != IEND;
    }

    private static void refuseUnknownCritical(int type) throws MalformedImageException {
        boolean ancillary = (type & 0x20000000) != 0;
        if (!ancillary) {
            throw MalformedImageException.corrupt(
                    "The PNG file holds a critical chunk that the standard does not define.");
        }
    }

    private void checkCrc(int dataAt, int length) throws MalformedImageException {
        CRC32 crc = new CRC32();
        crc.update(in.array(), dataAt - 4, length + 4);
        if ((int) crc.getValue() != in.getInt(dataAt + length)) {
            throw MalformedImageException.corrupt(
                    "The PNG file is damaged: a checksum does not fit. Send it again.");
        }
    }

    /** Name, zero byte, method 0, zlib data; what does not inflate counts as no profile. */
    private byte[] inflateProfile(int dataAt, int length) {
        int nameEnd = dataAt;
        while (nameEnd < dataAt + length && in.get(nameEnd) != 0) {
            nameEnd++;
        }
        int zlibAt = nameEnd + 2;
        int zlibLength = dataAt + length - zlibAt;
        if (zlibLength <= 0) {
            return Envelope.ABSENT;
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(in.array(), zlibAt, zlibLength);
            byte[] chunk = new byte[8192];
            ByteArrayOutputStream profile = new ByteArrayOutputStream();
            int read = inflater.inflate(chunk);
            while (read > 0 && profile.size() <= IccProfiles.MAX_BYTES) {
                profile.write(chunk, 0, read);
                read = inflater.inflate(chunk);
            }
            return inflater.finished() ? profile.toByteArray() : Envelope.ABSENT;
        } catch (DataFormatException e) {
            return Envelope.ABSENT;
        }
    }

    private byte[] slice(int at, int length) {
        byte[] bytes = new byte[length];
        in.get(at, bytes);
        return bytes;
    }

    private static MalformedImageException truncated() {
        return MalformedImageException.corrupt(
                "The PNG file ends too early. Send it again, in full.");
    }
}
