package io.flexir.worker.image;

import java.io.ByteArrayOutputStream;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/**
 * Some rows of a picture, filtered and deflated on their own: a piece of a zlib stream (RFC 1950)
 * that ends on a byte. Pieces can thus be made side by side.
 *
 * @param deflated without the stream's header and checksum
 * @param adler checksum of the filtered bytes
 * @param filteredBytes so many
 */
record PngBand(byte[] deflated, long adler, long filteredBytes) {
    /** From level 2 to 6 files shrink by 7% and take four times as long. */
    private static final int LEVEL = 2;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long ADLER_BASE = 65_521;

    /**
     * @param fromRow first row
     * @param toRow last row, exclusive; the stream ends with the picture
     */
    static PngBand of(PixelImage image, int fromRow, int toRow) {
        try (Deflater deflater = new Deflater(LEVEL, true)) {
            deflater.setStrategy(Deflater.FILTERED);
            PngRows rows = new PngRows(image, fromRow);
            ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
            byte[] buffer = new byte[BUFFER_BYTES];
            Adler32 adler = new Adler32();
            long filtered = 0;
            for (int y = fromRow; y < toRow; y++) {
                byte[] row = rows.filtered(y);
                adler.update(row);
                filtered += row.length;
                deflater.setInput(row);
                while (!deflater.needsInput()) {
                    take(deflater, Deflater.NO_FLUSH, buffer, out);
                }
            }
            end(deflater, toRow == image.height(), buffer, out);
            return new PngBand(out.toByteArray(), adler.getValue(), filtered);
        }
    }

    private static void end(
            Deflater deflater, boolean last, byte[] buffer, ByteArrayOutputStream out) {
        if (!last) {
            while (take(deflater, Deflater.SYNC_FLUSH, buffer, out) == buffer.length) {
                // There may be more.
            }
            return;
        }
        deflater.finish();
        while (!deflater.finished()) {
            take(deflater, Deflater.NO_FLUSH, buffer, out);
        }
    }

    private static int take(
            Deflater deflater, int flush, byte[] buffer, ByteArrayOutputStream out) {
        int count = deflater.deflate(buffer, 0, buffer.length, flush);
        out.write(buffer, 0, count);
        return count;
    }

    /** The checksum of everything before and this band, from that of what comes before. */
    long adlerAfter(long before) {
        long length = filteredBytes % ADLER_BASE;
        long low = ((before & 0xFFFF) + (adler & 0xFFFF) + ADLER_BASE - 1) % ADLER_BASE;
        long high =
                (length * (before & 0xFFFF)
                                + (before >>> 16)
                                + (adler >>> 16)
                                + ADLER_BASE
                                - length)
                        % ADLER_BASE;
        return high << 16 | low;
    }
}
