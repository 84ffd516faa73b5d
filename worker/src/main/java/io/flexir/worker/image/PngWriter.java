package io.flexir.worker.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * PNG from samples, band by band (PNG 3rd edition, sections 5, 9 and 12.7). Written here because
 * the JDK's encoder makes photos a third larger at the same speed; see the decision on image
 * codecs.
 */
final class PngWriter {
    private static final int PROFILE_CHUNK_BYTES = 64 * 1024;
    private static final byte[] NO_DATA = {};

    /** Deflate with a window of 32 KiB, a fast level, no dictionary. */
    private static final byte[] ZLIB_HEADER = {0x78, 0x5E};

    /** Enough for deflate to lose little at the bands' borders. */
    private static final int BAND_PIXELS = 96 * 1024;

    private static final int BANDS_IN_THE_MAKING = Runtime.getRuntime().availableProcessors();
    private static final int BANDS_AT_ONCE = 4 * BANDS_IN_THE_MAKING;

    /** Of a band of one row in the making: six to filter it, and what is deflated, as it grows. */
    private static final int ROWS_IN_THE_MAKING = 9;

    private final PixelImage image;
    private final FileBuffer out = new FileBuffer();

    private PngWriter(PixelImage image) {
        this.image = image;
    }

    /**
     * Bytes in use at once at most where a row is longer than a band should be, beside picture and
     * file; what shorter ones take is a few MiB, and not counted.
     *
     * @param pictureBytes of the picture's samples
     */
    static long longRowBytes(int width, int height, long pictureBytes) {
        if (width <= BAND_PIXELS) {
            return 0;
        }
        long ready = Math.min(height, BANDS_AT_ONCE);
        long inTheMaking = Math.min(height, BANDS_IN_THE_MAKING);
        return pictureBytes / height * (ready + ROWS_IN_THE_MAKING * inTheMaking);
    }

    static FileBytes write(PixelImage image) throws IOException {
        return new PngWriter(image).write();
    }

    private FileBytes write() throws IOException {
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        writeHeader();
        ImageMetadata metadata = image.metadata();
        if (metadata.hasIccProfile()) {
            writeProfile(metadata.iccProfile());
        }
        if (metadata.hasExif()) {
            byte[] exif = metadata.exif();
            writeChunk(PngFile.EXIF, exif, exif.length);
        }
        writePixels();
        writeChunk(PngFile.IEND, NO_DATA, 0);
        return out.toFile();
    }

    private void writeHeader() throws IOException {
        int colourType = (image.channels() == 3 ? 2 : 0) + (image.hasAlpha() ? 4 : 0);
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(image.width()).putInt(image.height());
        header.put((byte) image.bitDepth()).put((byte) colourType);
        writeChunk(PngFile.IHDR, header.array(), 13);
    }

    private void writeProfile(byte[] profile) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(new byte[] {'I', 'C', 'C', 0, 0});
        byte[] chunk = new byte[PROFILE_CHUNK_BYTES];
        try (Deflater profileDeflater = new Deflater()) {
            profileDeflater.setInput(profile);
            profileDeflater.finish();
            while (!profileDeflater.finished()) {
                data.write(chunk, 0, profileDeflater.deflate(chunk));
            }
        }
        writeChunk(PngFile.ICCP, data.toByteArray(), data.size());
    }

    /** Bands of rows side by side, a few at a time; together they are one zlib stream. */
    private void writePixels() throws IOException {
        writeChunk(PngFile.IDAT, ZLIB_HEADER, ZLIB_HEADER.length);
        int rowsOfBand = Math.max(1, BAND_PIXELS / image.width());
        int bands = Math.ceilDiv(image.height(), rowsOfBand);
        long adler = 1;
        for (int from = 0; from < bands; from += BANDS_AT_ONCE) {
            List<PngBand> ready =
                    IntStream.range(from, Math.min(bands, from + BANDS_AT_ONCE))
                            .parallel()
                            .mapToObj(band -> band(band * rowsOfBand, rowsOfBand))
                            .toList();
            for (PngBand band : ready) {
                adler = band.adlerAfter(adler);
                writeChunk(PngFile.IDAT, band.deflated(), band.deflated().length);
            }
        }
        byte[] checksum = ByteBuffer.allocate(4).putInt((int) adler).array();
        writeChunk(PngFile.IDAT, checksum, checksum.length);
    }

    private PngBand band(int fromRow, int rows) {
        return PngBand.of(image, fromRow, Math.min(image.height(), fromRow + rows));
    }

    private void writeChunk(int type, byte[] data, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(8).putInt(length).putInt(type);
        CRC32 crc = new CRC32();
        crc.update(head.array(), 4, 4);
        crc.update(data, 0, length);
        out.write(head.array());
        out.write(data, 0, length);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
