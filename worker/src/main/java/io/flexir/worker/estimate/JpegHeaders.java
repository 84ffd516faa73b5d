package io.flexir.worker.estimate;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Walks the headers of a JPEG file up to its first scan. */
final class JpegHeaders {
    private static final int SOI = 0xFFD8;
    private static final int DQT = 0xDB;
    private static final int SOS = 0xDA;
    private static final int TABLES = 4;

    /** Of a frame header, where the number of components stands and where each begins. */
    private static final int COMPONENTS_AT = 5;

    private static final int COMPONENT_BYTES = 3;

    private final ByteBuffer in;
    private final int[] @Nullable [] tables = new int[TABLES][];
    private int lumaTable;
    private boolean chromaSubsampled;

    JpegHeaders(byte[] file) {
        in = ByteBuffer.wrap(file);
    }

    Optional<JpegTables> read() {
        if (in.remaining() < 2 || (in.getShort() & 0xFFFF) != SOI) {
            return Optional.empty();
        }
        while (in.remaining() >= 4) {
            if ((in.get() & 0xFF) != 0xFF) {
                // Decoders skip stray bytes between segments.
                continue;
            }
            int marker = in.get() & 0xFF;
            if (marker == 0xFF) {
                in.position(in.position() - 1);
            } else if (marker == SOS) {
                break;
            } else if (marker > 0x01 && !take(marker)) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(tables[lumaTable])
                .map(luma -> new JpegTables(luma, chromaSubsampled));
    }

    /** False where the segment does not hold what it says. */
    private boolean take(int marker) {
        int end = in.position() + (in.remaining() < 2 ? 0 : in.getShort(in.position()) & 0xFFFF);
        if (end < in.position() + 2 || end > in.limit()) {
            return false;
        }
        ByteBuffer segment = in.slice(in.position() + 2, end - in.position() - 2);
        in.position(end);
        if (marker == DQT) {
            return takeTables(segment);
        }
        return !isFrameHeader(marker) || takeFrame(segment);
    }

    private boolean takeTables(ByteBuffer segment) {
        while (segment.hasRemaining()) {
            int head = segment.get() & 0xFF;
            int bytes = head >> 4 == 0 ? 1 : 2;
            if (segment.remaining() < bytes * JpegQuality.STEPS) {
                return false;
            }
            int[] table = new int[JpegQuality.STEPS];
            for (int i = 0; i < table.length; i++) {
                table[i] = bytes == 1 ? segment.get() & 0xFF : segment.getShort() & 0xFFFF;
            }
            tables[head & (TABLES - 1)] = table;
        }
        return true;
    }

    private boolean takeFrame(ByteBuffer segment) {
        int first = COMPONENTS_AT + 1;
        int components = segment.limit() < first ? 0 : segment.get(COMPONENTS_AT) & 0xFF;
        if (components == 0 || segment.limit() < first + components * COMPONENT_BYTES) {
            return false;
        }
        lumaTable = segment.get(first + 2) & (TABLES - 1);
        chromaSubsampled =
                components > 1
                        && samples(segment, first + COMPONENT_BYTES) < samples(segment, first);
        return true;
    }

    /** Horizontal times vertical sampling factor of the component that begins here. */
    private static int samples(ByteBuffer segment, int component) {
        int factors = segment.get(component + 1) & 0xFF;
        return (factors >> 4) * (factors & 0xF);
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }
}
