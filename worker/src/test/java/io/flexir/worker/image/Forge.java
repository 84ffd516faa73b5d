package io.flexir.worker.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Files put together byte by byte, as no encoder would. */
final class Forge {
    private Forge() {}

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] cut(byte[] file, int length) {
        return Arrays.copyOf(file, length);
    }

    /** The file with one byte changed. */
    static byte[] with(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** So many zeros, or anything that long, as a zlib stream. */
    static byte[] deflated(long length, int value) {
        try (Deflater deflater = new Deflater(9)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] plain = new byte[1 << 16];
            Arrays.fill(plain, (byte) value);
            byte[] packed = new byte[1 << 16];
            for (long left = length; left > 0; left -= plain.length) {
                deflater.setInput(plain, 0, (int) Math.min(left, plain.length));
                while (!deflater.needsInput()) {
                    out.write(packed, 0, deflater.deflate(packed));
                }
            }
            deflater.finish();
            while (!deflater.finished()) {
                out.write(packed, 0, deflater.deflate(packed));
            }
            return out.toByteArray();
        }
    }

    // --- PNG ---

    static byte[] png(byte[]... chunks) {
        return join(latin1("\u0089PNG\r\n\u001A\n"), join(chunks));
    }

    static byte[] chunk(String type, byte[] data) {
        return Exif.pngChunk(type, data);
    }

    static byte[] ihdr(int width, int height, int bits, int colour, int interlace) {
        ByteBuffer data = ByteBuffer.allocate(13).putInt(width).putInt(height);
        data.put((byte) bits).put((byte) colour).put((byte) 0).put((byte) 0).put((byte) interlace);
        return chunk("IHDR", data.array());
    }

    static byte[] idat(long bytes) {
        return chunk("IDAT", deflated(bytes, 0));
    }

    static byte[] iend() {
        return chunk("IEND", new byte[0]);
    }

    /** Gray, 4 x 4, with chunks before its data. */
    static byte[] smallPng(byte[]... before) {
        return png(ihdr(4, 4, 8, 0, 0), join(before), idat(20), iend());
    }

    // --- JPEG ---

    /** A segment whose length is right. */
    static byte[] segment(int marker, byte[] data) {
        ByteBuffer segment = ByteBuffer.allocate(data.length + 4);
        segment.put((byte) 0xFF).put((byte) marker).putShort((short) (data.length + 2));
        return segment.put(data).array();
    }

    /** A JPEG with a segment right after its first marker. */
    static byte[] afterStart(byte[] jpeg, byte[] segment) {
        return Exif.insert(jpeg, 2, segment);
    }

    /** Where the first segment of a kind begins. */
    static int find(byte[] jpeg, int marker) {
        for (int at = 2; at + 4 < jpeg.length; ) {
            if ((jpeg[at + 1] & 0xFF) == marker) {
                return at;
            }
            at += 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
        }
        throw new AssertionError("no such segment");
    }

    /** A JPEG without the first segment of a kind. */
    static byte[] without(byte[] jpeg, int marker) {
        int at = find(jpeg, marker);
        int length = 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
        return join(Arrays.copyOf(jpeg, at), Arrays.copyOfRange(jpeg, at + length, jpeg.length));
    }

    static byte[] frameHeader(int marker, int bits, int width, int height, int components) {
        ByteBuffer data = ByteBuffer.allocate(6 + 3 * components);
        data.put((byte) bits).putShort((short) height).putShort((short) width);
        data.put((byte) components);
        for (int i = 1; i <= components; i++) {
            data.put((byte) i).put((byte) 0x11).put((byte) 0);
        }
        return segment(marker, data.array());
    }

    static byte[] scan(int components) {
        ByteBuffer data = ByteBuffer.allocate(4 + 2 * components).put((byte) components);
        for (int i = 1; i <= components; i++) {
            data.put((byte) i).put((byte) 0);
        }
        return segment(0xDA, data.put((byte) 0).put((byte) 63).put((byte) 0).array());
    }

    static byte[] jpeg(byte[]... segments) {
        return join(new byte[] {(byte) 0xFF, (byte) 0xD8}, join(segments), eoi());
    }

    static byte[] eoi() {
        return new byte[] {(byte) 0xFF, (byte) 0xD9};
    }

    // --- TIFF ---

    /** A directory of LONG fields, big endian, and what follows it. */
    static final class Tiff {
        private final TreeMap<Integer, Long> fields = new TreeMap<>();
        private long next;
        private byte[] data = new byte[0];

        /** Gray, 8 bits, uncompressed, one strip behind the directory. */
        static Tiff gray(int width, int height) {
            Tiff tiff = new Tiff();
            tiff.with(256, width).with(257, height).with(258, 8).with(259, 1).with(262, 1);
            tiff.with(277, 1).with(278, height);
            return tiff.strip(new byte[(int) Math.min(1L << 16, (long) width * height)]);
        }

        Tiff with(int tag, long value) {
            fields.put(tag, value);
            return this;
        }

        Tiff strip(byte[] bytes) {
            data = bytes;
            return with(273, 0).with(279, bytes.length);
        }

        Tiff followedBy(long directory) {
            next = directory;
            return this;
        }

        byte[] file() {
            int dataAt = 8 + 2 + 12 * fields.size() + 4;
            ByteBuffer file = ByteBuffer.allocate(dataAt + data.length);
            file.put(latin1("MM\0*")).putInt(8).putShort((short) fields.size());
            fields.forEach(
                    (tag, value) -> {
                        file.putShort((short) (int) tag).putShort((short) 4).putInt(1);
                        file.putInt((int) (tag == 273 && value == 0 ? dataAt : value));
                    });
            return file.putInt((int) next).put(data).array();
        }
    }

    // --- BMP ---

    static byte[] bmp(int info, int width, int height, int bits, int compression, byte[] rest) {
        ByteBuffer file = ByteBuffer.allocate(54 + rest.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(latin1("BM")).putInt(54 + rest.length).putInt(0).putInt(54);
        file.putInt(info).putInt(width).putInt(height).putShort((short) 1);
        file.putShort((short) bits).putInt(compression);
        return file.position(54).put(rest).array();
    }

    // --- WebP ---

    static byte[] webp(byte[]... chunks) {
        return WebpFile.riff(join(chunks));
    }

    static byte[] riffChunk(String name, byte[] data) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        WebpFile.writeChunk(chunk, WebpFile.fourCc(name), data);
        return chunk.toByteArray();
    }

    static byte[] vp8x(int flags, int width, int height) {
        ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(flags).putInt(4, width - 1).putInt(7, height - 1);
        return riffChunk("VP8X", cut(data.array(), 10));
    }

    static byte[] vp8l(int width, int height) {
        ByteBuffer data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        data.put((byte) 0x2F).putInt((width - 1) | (height - 1) << 14);
        return riffChunk("VP8L", data.array());
    }
}
