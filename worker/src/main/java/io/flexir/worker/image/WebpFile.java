package io.flexir.worker.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Takes a WebP apart (RFC 9649, section 2). */
final class WebpFile {
    static final int VP8X = fourCc("VP8X");
    static final int VP8 = fourCc("VP8 ");
    static final int VP8L = fourCc("VP8L");
    static final int ALPH = fourCc("ALPH");
    static final int ICCP = fourCc("ICCP");
    static final int EXIF = fourCc("EXIF");
    private static final int ANIM = fourCc("ANIM");
    private static final int ANMF = fourCc("ANMF");

    static final int HEADER_BYTES = 12;
    static final int ALPHA_FLAG = 0x10;
    private static final int VP8L_SIGNATURE = 0x2F;
    private static final int MOST_CHANNELS = 4;

    private final ByteBuffer in;
    private final int end;
    private final ByteArrayOutputStream picture = new ByteArrayOutputStream();
    private byte[] iccProfile = Envelope.ABSENT;
    private byte[] exif = Envelope.ABSENT;
    private int width;
    private int height;
    private int frames;
    private boolean animated;

    private WebpFile(byte[] file) throws MalformedImageException {
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long declared = (in.getInt(4) & 0xFFFF_FFFFL) + 8;
        if (declared > file.length) {
            throw MalformedImageException.corrupt(
                    "The WebP file ends too early. Send it again, in full.");
        }
        end = (int) declared;
    }

    static Envelope parse(byte[] file) throws MalformedImageException {
        return new WebpFile(file).parse();
    }

    static int fourCc(String name) {
        return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
    }

    private Envelope parse() throws MalformedImageException {
        int at = HEADER_BYTES;
        while (at + 8 <= end) {
            long length = in.getInt(at + 4) & 0xFFFF_FFFFL;
            if (length > end - at - 8) {
                throw MalformedImageException.corrupt(
                        "A part of the WebP file is longer than the file.");
            }
            takeChunk(in.getInt(at), at + 8, (int) length);
            at += 8 + (int) length + (int) (length & 1);
        }
        // Canvas and picture differ in an animation even where it has a single frame.
        frames = animated ? Math.max(2, frames) : frames;
        if (frames == 0) {
            throw MalformedImageException.corrupt("The WebP file holds no picture data.");
        }
        ImageHeader header =
                new ImageHeader(ImageFormat.WEBP, width, height, frames, MOST_CHANNELS, 8);
        return new Envelope(header, ExifBlock.orientation(exif), iccProfile, exif, 0, payload());
    }

    private void takeChunk(int type, int at, int length) throws MalformedImageException {
        if (type == VP8X) {
            takeSize(1 + uint24(at + 4), 1 + uint24(at + 7));
            byte[] extended = slice(at, length);
            // The decoder does not get profile, EXIF and XMP: take their flags away.
            extended[0] &= ALPHA_FLAG;
            keep(type, extended);
        } else if (type == VP8) {
            frames++;
            takeSize(in.getShort(at + 6) & 0x3FFF, in.getShort(at + 8) & 0x3FFF);
            keep(type, slice(at, length));
        } else if (type == VP8L) {
            frames++;
            takeLosslessSize(at);
            keep(type, slice(at, length));
        } else if (type == ALPH) {
            refuseUncompressedAlpha(at);
            keep(type, slice(at, length));
        } else if (type == ICCP) {
            iccProfile = slice(at, length);
        } else if (type == EXIF) {
            exif = withoutSignature(slice(at, length));
        } else if (type == ANMF) {
            frames++;
        } else if (type == ANIM) {
            animated = true;
        }
    }

    private void takeLosslessSize(int at) throws MalformedImageException {
        if (in.get(at) != VP8L_SIGNATURE) {
            throw MalformedImageException.corrupt("The WebP file's picture data is damaged.");
        }
        int sizes = in.getInt(at + 1);
        takeSize(1 + (sizes & 0x3FFF), 1 + (sizes >>> 14 & 0x3FFF));
    }

    private void refuseUncompressedAlpha(int at) throws MalformedImageException {
        if ((in.get(at) & 3) == 0) {
            throw MalformedImageException.unsupported(
                    "WebP files with uncompressed transparency are not read. Save it losslessly, or as PNG.");
        }
    }

    /** Canvas and picture of a still image are of one size. */
    private void takeSize(int width, int height) throws MalformedImageException {
        if (this.width != 0 && (this.width != width || this.height != height)) {
            throw MalformedImageException.corrupt("The WebP file gives two different sizes.");
        }
        this.width = width;
        this.height = height;
    }

    private void keep(int type, byte[] data) {
        writeChunk(picture, type, data);
    }

    private byte[] payload() {
        return riff(picture.toByteArray());
    }

    /** A file of these chunks. */
    static byte[] riff(byte[] chunks) {
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + chunks.length);
        file.order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(fourCc("RIFF")).putInt(4 + chunks.length).putInt(fourCc("WEBP")).put(chunks);
        return file.array();
    }

    static void writeChunk(ByteArrayOutputStream out, int type, byte[] data) {
        ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(head.putInt(type).putInt(data.length).array());
        out.writeBytes(data);
        if (data.length % 2 == 1) {
            out.write(0);
        }
    }

    /** Some writers put JPEG's signature in front. */
    private static byte[] withoutSignature(byte[] exif) {
        int length = JpegFile.EXIF_SIGNATURE.length;
        boolean signed =
                exif.length > length
                        && Arrays.equals(exif, 0, length, JpegFile.EXIF_SIGNATURE, 0, length);
        return signed ? Arrays.copyOfRange(exif, length, exif.length) : exif;
    }

    private int uint24(int at) {
        return (in.get(at) & 0xFF) | (in.get(at + 1) & 0xFF) << 8 | (in.get(at + 2) & 0xFF) << 16;
    }

    private byte[] slice(int at, int length) {
        return Arrays.copyOfRange(in.array(), at, at + length);
    }
}
