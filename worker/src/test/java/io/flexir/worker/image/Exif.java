package io.flexir.worker.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** EXIF blocks as cameras write them, and files with one put in. */
final class Exif {
    /** Numerator of the latitude's degrees; found nowhere else. */
    static final int LATITUDE_MARK = 0x4C415431;

    static final String MAKER_NOTE = "serial 4711 at home";
    static final String MAKE = "ACME Optics";

    /** Where a block's pointer to its GPS directory lies. */
    static final int GPS_POINTER_AT = 54;

    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int UNDEFINED = 7;

    private Exif() {}

    /** Make, orientation, an exposure time, a maker note and a GPS position. */
    static byte[] block(ByteOrder order, int orientation) {
        ByteBuffer out = ByteBuffer.allocate(1024).order(order);
        out.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
        out.putShort((short) 42).putInt(8);
        out.putShort((short) 4);
        entry(out, 0x010F, ASCII, MAKE.length() + 1).putInt(500);
        entry(out, 0x0112, SHORT, 1).putShort((short) orientation).putShort((short) 0);
        entry(out, 0x8769, LONG, 1).putInt(200);
        entry(out, 0x8825, LONG, 1).putInt(300);
        out.putInt(0);
        out.position(200).putShort((short) 2);
        entry(out, 0x829A, RATIONAL, 1).putInt(540);
        entry(out, 0x927C, UNDEFINED, MAKER_NOTE.length()).putInt(560);
        out.putInt(0);
        out.position(300).putShort((short) 2);
        entry(out, 1, ASCII, 2).put(new byte[] {'N', 0, 0, 0});
        entry(out, 2, RATIONAL, 3).putInt(600);
        out.putInt(0);
        out.position(500).put(MAKE.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        out.position(540).putInt(1).putInt(125);
        out.position(560).put(MAKER_NOTE.getBytes(StandardCharsets.US_ASCII));
        out.position(600).putInt(LATITUDE_MARK).putInt(1).putInt(30).putInt(1).putInt(0).putInt(1);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static ByteBuffer entry(ByteBuffer out, int tag, int type, int count) {
        return out.putShort((short) tag).putShort((short) type).putInt(count);
    }

    static byte[] intoJpeg(byte[] jpeg, byte[] exif) {
        byte[] data = concat("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif);
        int length = data.length + 2;
        byte[] marker = {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length};
        return insert(jpeg, 2, concat(marker, data));
    }

    static byte[] intoPng(byte[] png, byte[] exif) {
        return insert(png, 33, pngChunk("eXIf", exif));
    }

    /** After RIFF header and picture, as an extended file. */
    static byte[] intoWebp(byte[] webp, int width, int height, byte[] exif) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        ByteBuffer extended = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        extended.putInt(8).putInt(4, width - 1).putInt(7, height - 1);
        WebpFile.writeChunk(chunks, WebpFile.VP8X, Arrays.copyOf(extended.array(), 10));
        chunks.write(webp, 12, webp.length - 12);
        WebpFile.writeChunk(chunks, WebpFile.EXIF, exif);
        return WebpFile.riff(chunks.toByteArray());
    }

    static byte[] pngChunk(String type, byte[] data) {
        byte[] body = concat(type.getBytes(StandardCharsets.US_ASCII), data);
        CRC32 crc = new CRC32();
        crc.update(body);
        ByteBuffer chunk = ByteBuffer.allocate(body.length + 8);
        return chunk.putInt(data.length).put(body).putInt((int) crc.getValue()).array();
    }

    static byte[] insert(byte[] file, int at, byte[] what) {
        byte[] head = Arrays.copyOf(file, at);
        byte[] tail = Arrays.copyOfRange(file, at, file.length);
        return concat(concat(head, what), tail);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
