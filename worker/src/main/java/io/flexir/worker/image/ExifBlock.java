package io.flexir.worker.image;

import io.flexir.worker.image.TiffDirectories.Directory;
import io.flexir.worker.image.TiffDirectories.Field;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An EXIF block (Exif 3.0, section 4): reads the orientation, and makes a clean copy that holds
 * only named fields. Values are copied as they stand, in the block's own byte order.
 */
final class ExifBlock {
    static final int ORIENTATION = 274;

    /** Description, make, model, software, date and time, artist, copyright. */
    static final Set<Integer> KEPT_MAIN = Set.of(270, 271, 272, 305, 306, 315, 33432);

    /** Exposure, dates with fractions and offsets, optics, scene; no serial numbers, no owner. */
    private static final Set<Integer> KEPT_CAMERA =
            Set.of(
                    0x829A, 0x829D, 0x8822, 0x8827, 0x8830, 0x8831, 0x8832, 0x8833, 0x9000, 0x9003,
                    0x9004, 0x9010, 0x9011, 0x9012, 0x9201, 0x9202, 0x9203, 0x9204, 0x9205, 0x9206,
                    0x9207, 0x9208, 0x9209, 0x920A, 0x9290, 0x9291, 0x9292, 0xA001, 0xA20E, 0xA20F,
                    0xA210, 0xA215, 0xA217, 0xA401, 0xA402, 0xA403, 0xA404, 0xA405, 0xA406, 0xA407,
                    0xA408, 0xA409, 0xA40A, 0xA40C, 0xA432, 0xA433, 0xA434);

    private static final int LONG = 4;
    private static final int SHORT = 3;

    /** A kept value is a number or a line of text; what is longer is left behind. */
    private static final int MAX_VALUE_BYTES = 2048;

    /** What fits into one JPEG segment. */
    private static final int MAX_BYTES = 65_000;

    private ExifBlock() {}

    /**
     * The picture's orientation; upright where there is none, or the directory that it stands in is
     * damaged.
     */
    static Orientation orientation(byte[] exif) {
        if (exif.length == 0) {
            return Orientation.UPRIGHT;
        }
        try {
            TiffDirectories directories = TiffDirectories.readFirst(exif);
            return orientation(directories, directories.chain().getFirst());
        } catch (MalformedImageException | RuntimeException damaged) {
            return Orientation.UPRIGHT;
        }
    }

    static Orientation orientation(TiffDirectories directories, Directory main)
            throws MalformedImageException {
        Field field = main.fields().get(ORIENTATION);
        return field == null
                ? Orientation.UPRIGHT
                : Orientation.ofTag((int) directories.number(field, 0));
    }

    /**
     * The fields worth keeping, with orientation 1.
     *
     * @param exif a TIFF structure: an EXIF block or a whole TIFF file
     * @return a new block; no bytes where nothing is worth keeping, or the block is damaged
     */
    static byte[] cleaned(byte[] exif) {
        if (exif.length == 0) {
            return Envelope.ABSENT;
        }
        try {
            TiffDirectories directories = TiffDirectories.read(exif);
            Directory main = directories.chain().getFirst();
            Map<Integer, Value> kept = kept(directories, main, KEPT_MAIN);
            Map<Integer, Value> camera = new TreeMap<>();
            var child = directories.child(main, TiffDirectories.EXIF_POINTER);
            if (child.isPresent()) {
                camera.putAll(kept(directories, child.get(), KEPT_CAMERA));
            }
            if (kept.isEmpty() && camera.isEmpty()) {
                return Envelope.ABSENT;
            }
            byte[] block = write(directories.order(), kept, camera);
            return block.length <= MAX_BYTES ? block : Envelope.ABSENT;
        } catch (MalformedImageException | RuntimeException damaged) {
            return Envelope.ABSENT;
        }
    }

    private static Map<Integer, Value> kept(
            TiffDirectories directories, Directory directory, Set<Integer> tags) {
        Map<Integer, Value> kept = new TreeMap<>();
        directory
                .fields()
                .forEach(
                        (tag, field) -> {
                            if (tags.contains(tag) && field.bytes() <= MAX_VALUE_BYTES) {
                                byte[] bytes = directories.bytes(field);
                                kept.put(tag, new Value(field.type(), field.count(), bytes));
                            }
                        });
        return kept;
    }

    private static byte[] write(
            ByteOrder order, Map<Integer, Value> main, Map<Integer, Value> camera) {
        main.put(ORIENTATION, Value.ofShort(order, 1));
        if (!camera.isEmpty()) {
            main.put(TiffDirectories.EXIF_POINTER, Value.ofLong(order, 0));
            int cameraAt = 8 + directoryBytes(main);
            main.put(TiffDirectories.EXIF_POINTER, Value.ofLong(order, cameraAt));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(8).order(order);
        header.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
        header.putShort((short) 42).putInt(8);
        out.writeBytes(header.array());
        writeDirectory(order, main, out);
        if (!camera.isEmpty()) {
            writeDirectory(order, camera, out);
        }
        return out.toByteArray();
    }

    private static void writeDirectory(
            ByteOrder order, Map<Integer, Value> fields, ByteArrayOutputStream out) {
        int valuesAt = out.size() + 6 + 12 * fields.size();
        ByteBuffer block = ByteBuffer.allocate(directoryBytes(fields)).order(order);
        ByteBuffer values =
                block.slice(valuesAt - out.size(), block.capacity() + out.size() - valuesAt);
        block.putShort((short) fields.size());
        fields.forEach(
                (tag, value) -> {
                    block.putShort(tag.shortValue()).putShort((short) value.type());
                    block.putInt(value.count());
                    if (value.bytes().length <= 4) {
                        block.put(value.bytes()).put(new byte[4 - value.bytes().length]);
                    } else {
                        block.putInt(valuesAt + values.position());
                        values.put(value.bytes()).put(new byte[value.padding()]);
                    }
                });
        out.writeBytes(block.array());
    }

    private static int directoryBytes(Map<Integer, Value> fields) {
        int values = fields.values().stream().mapToInt(Value::bytesElsewhere).sum();
        return 6 + 12 * fields.size() + values;
    }

    private record Value(int type, int count, byte[] bytes) {
        static Value ofShort(ByteOrder order, int value) {
            ByteBuffer bytes = ByteBuffer.allocate(2).order(order).putShort((short) value);
            return new Value(SHORT, 1, bytes.array());
        }

        static Value ofLong(ByteOrder order, int value) {
            return new Value(LONG, 1, ByteBuffer.allocate(4).order(order).putInt(value).array());
        }

        int bytesElsewhere() {
            return bytes.length <= 4 ? 0 : bytes.length + padding();
        }

        /** Values begin on even offsets. */
        int padding() {
            return bytes.length % 2;
        }
    }
}
