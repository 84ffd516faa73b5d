package io.flexir.worker.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The directories of a TIFF structure (TIFF 6.0, section 2), which a TIFF file and an EXIF block
 * both are. Values stay where they are.
 *
 * <p>Every directory and value is charged against a budget of twice the structure's length: a small
 * file whose entries all point at the same bytes, or whose directories overlap, is refused before a
 * library reads each of them.
 */
final class TiffDirectories {
    static final int EXIF_POINTER = 0x8769;
    static final int SUB_DIRECTORIES = 330;

    private static final int GPS_POINTER = 0x8825;
    private static final int INTEROP_POINTER = 0xA005;
    private static final int ENTRY_BYTES = 12;

    /** More than any camera or scanner writes. What is kept of one is far more than its bytes. */
    private static final int MAX_DIRECTORIES = 1000;

    /** Bytes of a value of type 1 (BYTE) to 13 (IFD). */
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

    private final ByteBuffer in;
    private final List<Directory> chain = new ArrayList<>();
    private final Deque<Long> children = new ArrayDeque<>();
    private final Set<Long> seen = new HashSet<>();
    private long budgetBytes;
    private int directories;

    private TiffDirectories(byte[] tiff) {
        in = ByteBuffer.wrap(tiff);
        budgetBytes = 2L * tiff.length + 1024;
    }

    /** Walks all directories; what points outside of the structure is an index exception. */
    static TiffDirectories read(byte[] tiff) throws MalformedImageException {
        TiffDirectories directories = new TiffDirectories(tiff);
        directories.readAll();
        return directories;
    }

    /** Reads the first directory alone, whatever is wrong with others. */
    static TiffDirectories readFirst(byte[] tiff) throws MalformedImageException {
        TiffDirectories directories = new TiffDirectories(tiff);
        long first = directories.readHeader();
        if (first != 0) {
            directories.chain.add(directories.readDirectory(first).directory());
        }
        return directories;
    }

    /** The directories that follow one another, in order; one for each picture of a TIFF file. */
    List<Directory> chain() {
        return List.copyOf(chain);
    }

    /** The directory that a field of another points at. */
    Optional<Directory> child(Directory parent, int tag) throws MalformedImageException {
        Field field = parent.fields().get(tag);
        if (field == null) {
            return Optional.empty();
        }
        return Optional.of(readDirectory(number(field, 0)).directory());
    }

    ByteOrder order() {
        return in.order();
    }

    /** The field's value at an index, unsigned; of types BYTE, SHORT and LONG. */
    long number(Field field, int index) throws MalformedImageException {
        if (index >= field.count()) {
            throw MalformedImageException.corrupt("A TIFF field has too few values.");
        }
        return switch (field.type()) {
            case 1, 7 -> in.get(field.at() + index) & 0xFF;
            case 3 -> in.getShort(field.at() + 2 * index) & 0xFFFF;
            case 4, 13 -> in.getInt(field.at() + 4 * index) & 0xFFFF_FFFFL;
            default -> throw MalformedImageException.corrupt("A TIFF field has a wrong type.");
        };
    }

    /** The field's value as it stands in the structure. */
    byte[] bytes(Field field) {
        return Arrays.copyOfRange(in.array(), field.at(), field.at() + field.bytes());
    }

    /** Where the first directory lies. */
    private long readHeader() throws MalformedImageException {
        int mark = in.getShort(0);
        in.order(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if ((mark != 0x4949 && mark != 0x4D4D) || in.getShort(2) != 42) {
            throw MalformedImageException.corrupt("The TIFF header is damaged.");
        }
        return in.getInt(4) & 0xFFFF_FFFFL;
    }

    private void readAll() throws MalformedImageException {
        long next = readHeader();
        while (next != 0 && seen.add(next)) {
            Linked linked = readDirectory(next);
            chain.add(linked.directory());
            addChildren(linked.directory());
            next = linked.next();
        }
        while (!children.isEmpty()) {
            long child = children.remove();
            if (seen.add(child)) {
                addChildren(readDirectory(child).directory());
            }
        }
    }

    private void addChildren(Directory directory) throws MalformedImageException {
        for (int tag : new int[] {SUB_DIRECTORIES, EXIF_POINTER, GPS_POINTER, INTEROP_POINTER}) {
            Field field = directory.fields().get(tag);
            if (field == null) {
                continue;
            }
            if (children.size() + (long) field.count() > MAX_DIRECTORIES) {
                throw tooMany();
            }
            for (int i = 0; i < field.count(); i++) {
                children.add(number(field, i));
            }
        }
    }

    private Linked readDirectory(long offset) throws MalformedImageException {
        directories++;
        if (directories > MAX_DIRECTORIES) {
            throw tooMany();
        }
        int at = index(offset);
        int count = in.getShort(at) & 0xFFFF;
        charge((long) count * ENTRY_BYTES + 6);
        Map<Integer, Field> fields = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int entryAt = at + 2 + i * ENTRY_BYTES;
            Field field = readField(entryAt);
            if (field.bytes() > 0) {
                fields.put(in.getShort(entryAt) & 0xFFFF, field);
            }
        }
        int nextAt = at + 2 + count * ENTRY_BYTES;
        // Some writers leave the last directory's link away.
        long next = nextAt + 4 > in.capacity() ? 0 : in.getInt(nextAt) & 0xFFFF_FFFFL;
        return new Linked(new Directory(fields), next);
    }

    private Field readField(int entryAt) throws MalformedImageException {
        int type = in.getShort(entryAt + 2) & 0xFFFF;
        long count = in.getInt(entryAt + 4) & 0xFFFF_FFFFL;
        long bytes = type < TYPE_BYTES.length ? count * TYPE_BYTES[type] : 0;
        charge(bytes);
        int at = bytes <= 4 ? entryAt + 8 : index(in.getInt(entryAt + 8) & 0xFFFF_FFFFL);
        if (at + bytes > in.capacity()) {
            throw new IndexOutOfBoundsException("TIFF value at " + at);
        }
        return new Field(type, (int) count, at, (int) bytes);
    }

    private static MalformedImageException tooMany() {
        return MalformedImageException.corrupt(
                "The TIFF structure has more than " + MAX_DIRECTORIES + " directories.");
    }

    private int index(long offset) {
        if (offset >= in.capacity()) {
            throw new IndexOutOfBoundsException("TIFF offset " + offset);
        }
        return (int) offset;
    }

    private void charge(long bytes) throws MalformedImageException {
        budgetBytes -= bytes;
        if (budgetBytes < 0) {
            throw MalformedImageException.corrupt(
                    "The TIFF directories claim more data than the file can hold.");
        }
    }

    /** Fields by tag; those of unknown types are left out. */
    record Directory(Map<Integer, Field> fields) {
        Directory {
            fields = Map.copyOf(fields);
        }
    }

    /**
     * Where a value lies.
     *
     * @param type TIFF's type code
     * @param count number of values
     * @param at index of the first value's first byte
     * @param bytes length of all values
     */
    record Field(int type, int count, int at, int bytes) {}

    private record Linked(Directory directory, long next) {}
}
