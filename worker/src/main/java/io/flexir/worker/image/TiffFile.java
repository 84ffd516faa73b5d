package io.flexir.worker.image;

import io.flexir.worker.image.TiffDirectories.Directory;
import io.flexir.worker.image.TiffDirectories.Field;

import java.util.Set;

/** Takes a TIFF apart as far as its header goes (TIFF 6.0, section 8). */
final class TiffFile {
    private static final int NEW_SUBFILE_TYPE = 254;
    private static final int WIDTH = 256;
    private static final int LENGTH = 257;
    private static final int BITS_PER_SAMPLE = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_LENGTH = 323;
    private static final int SAMPLE_FORMAT = 339;
    private static final int ICC_PROFILE = 34675;
    private static final int MOST_CHANNELS = 4;

    /** None, CCITT (1D, G3, G4), LZW, Deflate (two codes), PackBits. */
    private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 8L, 32946L, 32773L);

    /** White is zero, black is zero, RGB, palette, CMYK. */
    private static final Set<Long> PHOTOMETRICS = Set.of(0L, 1L, 2L, 3L, 5L);

    private final TiffDirectories directories;
    private final Directory main;

    private TiffFile(TiffDirectories directories) {
        this.directories = directories;
        this.main = directories.chain().getFirst();
    }

    static Envelope parse(byte[] file) throws MalformedImageException {
        TiffDirectories directories = TiffDirectories.read(file);
        if (directories.chain().isEmpty()) {
            throw MalformedImageException.corrupt("The TIFF file holds no picture.");
        }
        return new TiffFile(directories).envelope(file);
    }

    private Envelope envelope(byte[] file) throws MalformedImageException {
        ImageHeader header =
                new ImageHeader(
                        ImageFormat.TIFF,
                        (int) number(main, WIDTH, 0),
                        (int) number(main, LENGTH, 0),
                        frames(),
                        MOST_CHANNELS,
                        (int) number(main, BITS_PER_SAMPLE, 1));
        refuseUnsupported(header);
        Field profile = main.fields().get(ICC_PROFILE);
        return new Envelope(
                header,
                ExifBlock.orientation(directories, main),
                profile == null ? Envelope.ABSENT : directories.bytes(profile),
                file,
                0,
                file);
    }

    /** Directories that are not reduced copies of another. */
    private int frames() throws MalformedImageException {
        int frames = 0;
        for (Directory directory : directories.chain()) {
            frames += isReducedCopy(directory) ? 0 : 1;
        }
        return Math.max(1, frames);
    }

    private boolean isReducedCopy(Directory directory) throws MalformedImageException {
        return (number(directory, NEW_SUBFILE_TYPE, 0) & 1) == 1;
    }

    private boolean isOneOfMany() {
        return directories.chain().size() > 1
                || main.fields().containsKey(TiffDirectories.SUB_DIRECTORIES);
    }

    private void refuseUnsupported(ImageHeader header) throws MalformedImageException {
        if (isReducedCopy(main) && isOneOfMany()) {
            throw MalformedImageException.unsupported(
                    "The TIFF file begins with a reduced copy of its picture, which would be taken for it."
                            + " Save the picture alone.");
        }
        long compression = number(main, COMPRESSION, 1);
        if (!COMPRESSIONS.contains(compression)) {
            throw MalformedImageException.unsupported(
                    "TIFF files with compression %d (7 is JPEG) are not read. Save it with LZW, Deflate or none."
                            .formatted(compression));
        }
        long photometric = number(main, PHOTOMETRIC, 1);
        if (!PHOTOMETRICS.contains(photometric)) {
            throw MalformedImageException.unsupported(
                    "TIFF files with photometric interpretation %d are not read. Save it as gray or RGB."
                            .formatted(photometric));
        }
        long samples = number(main, SAMPLES_PER_PIXEL, 1);
        if (header.bitsPerSample() > 16 || number(main, SAMPLE_FORMAT, 1) != 1 || samples > 4) {
            throw MalformedImageException.unsupported(
                    "TIFF files are read with 1 to 4 unsigned whole-number samples of at most 16 bits."
                            + " Save it as 16-bit RGB.");
        }
        // Where one side is not told the reader takes the picture's; and two long ones overflow.
        double tilePixels =
                (double) number(main, TILE_WIDTH, header.width())
                        * number(main, TILE_LENGTH, header.height());
        if (tilePixels > 4 * header.pixels() + (1 << 20)) {
            throw MalformedImageException.corrupt("The TIFF file's tiles are larger than it is.");
        }
    }

    private long number(Directory directory, int tag, long absent) throws MalformedImageException {
        Field field = directory.fields().get(tag);
        return field == null ? absent : directories.number(field, 0);
    }
}
