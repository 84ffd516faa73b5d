package io.flexir.worker.image;

import org.jspecify.annotations.Nullable;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A decoder's raster to our samples, upright. Samples are taken as they are: going through the
 * colour model would convert them (the JDK takes gray for linear light, for one).
 */
final class RasterImport {
    private final Raster raster;
    private final Orientation orientation;
    private final int bits;

    private RasterImport(Raster raster, Orientation orientation, int bits) {
        this.raster = raster;
        this.orientation = orientation;
        this.bits = bits;
    }

    static PixelImage toPixels(BufferedImage image, Envelope envelope)
            throws MalformedImageException {
        if (image.isAlphaPremultiplied()) {
            image.coerceData(false);
        }
        Raster raster = image.getRaster();
        refuseOtherThanWholeNumbers(raster);
        ColorModel model = image.getColorModel();
        ColorSpace space = model.getColorSpace();
        if (space.getType() == ColorSpace.TYPE_CMYK) {
            ColorSpace rgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
            Raster converted = new ColorConvertOp(space, rgb, null).filter(raster, null);
            return toPixels(converted, List.of(0, 1, 2), false, envelope, Envelope.ABSENT);
        }
        if (model instanceof IndexColorModel palette) {
            return toPixels(raster, palette, envelope);
        }
        List<Integer> bands = colourBands(space);
        Samples adopted = AdoptedRaster.of(raster, bands.size(), envelope.orientation());
        if (adopted != null) {
            return upright(raster, bands.size(), adopted, envelope);
        }
        return toPixels(raster, bands, model.hasAlpha(), envelope, envelope.iccProfile());
    }

    private static PixelImage upright(
            Raster raster, int channels, Samples samples, Envelope envelope) {
        return new PixelImage(
                raster.getWidth(),
                raster.getHeight(),
                channels,
                samples,
                null,
                metadata(envelope, envelope.iccProfile(), channels));
    }

    private static ImageMetadata metadata(Envelope envelope, byte[] iccProfile, int channels) {
        byte[] profile = IccProfiles.usable(iccProfile, channels);
        return new ImageMetadata(profile, ExifBlock.cleaned(envelope.exif()));
    }

    private static PixelImage toPixels(Raster raster, IndexColorModel palette, Envelope envelope) {
        int size = palette.getMapSize();
        byte[][] entries = new byte[4][size];
        palette.getReds(entries[0]);
        palette.getGreens(entries[1]);
        palette.getBlues(entries[2]);
        palette.getAlphas(entries[3]);
        List<Channel> colour = new ArrayList<>();
        colour.add(Channel.ofPalette(entries[0]));
        if (!isGray(entries)) {
            colour.add(Channel.ofPalette(entries[1]));
            colour.add(Channel.ofPalette(entries[2]));
        }
        Channel alpha = palette.hasAlpha() ? Channel.ofPalette(entries[3]) : null;
        RasterImport rows = new RasterImport(raster, envelope.orientation(), 8);
        return rows.toPixels(colour, alpha, envelope, envelope.iccProfile());
    }

    private static PixelImage toPixels(
            Raster raster,
            List<Integer> bands,
            boolean hasAlpha,
            Envelope envelope,
            byte[] iccProfile)
            throws MalformedImageException {
        int needed = bands.size() + (hasAlpha ? 1 : 0);
        if (raster.getNumBands() != needed) {
            throw MalformedImageException.unsupported(
                    "Pictures of %d channels are not read. Save it as gray or RGB, with or without"
                                    .formatted(raster.getNumBands())
                            + " transparency.");
        }
        int storedBits = IntStream.of(raster.getSampleModel().getSampleSize()).max().orElseThrow();
        int bits = storedBits <= 8 ? 8 : 16;
        List<Channel> colour =
                bands.stream().map(band -> Channel.ofBand(raster, band, bits)).toList();
        Channel alpha = hasAlpha ? Channel.ofBand(raster, needed - 1, bits) : null;
        RasterImport rows = new RasterImport(raster, envelope.orientation(), bits);
        return rows.toPixels(colour, alpha, envelope, iccProfile);
    }

    private PixelImage toPixels(
            List<Channel> colour, @Nullable Channel alpha, Envelope envelope, byte[] iccProfile) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        Samples samples = Samples.allocate(bits, width * height * colour.size());
        Samples alphaPlane = alpha == null ? null : Samples.allocate(bits, width * height);
        copy(colour, samples, alpha, alphaPlane);
        return new PixelImage(
                orientation.uprightWidth(width, height),
                orientation.uprightHeight(width, height),
                colour.size(),
                samples,
                alphaPlane,
                metadata(envelope, iccProfile, colour.size()));
    }

    private void copy(
            List<Channel> colour,
            Samples samples,
            @Nullable Channel alpha,
            @Nullable Samples alphaPlane) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        int origin = orientation.origin(width, height);
        int columnStep = orientation.columnStep(width, height);
        int rowStep = orientation.rowStep(width, height);
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            int start = origin + y * rowStep;
            for (int c = 0; c < colour.size(); c++) {
                colour.get(c).copy(row, bands, samples, start, columnStep, colour.size(), c);
            }
            if (alpha != null && alphaPlane != null) {
                alpha.copy(row, bands, alphaPlane, start, columnStep, 1, 0);
            }
        }
    }

    private static List<Integer> colourBands(ColorSpace space) throws MalformedImageException {
        return switch (space.getType()) {
            case ColorSpace.TYPE_GRAY -> List.of(0);
            case ColorSpace.TYPE_RGB -> List.of(0, 1, 2);
            default ->
                    throw MalformedImageException.unsupported(
                            "The picture's colours are neither gray, RGB nor CMYK. Save it as RGB.");
        };
    }

    private static void refuseOtherThanWholeNumbers(Raster raster) throws MalformedImageException {
        int type = raster.getSampleModel().getDataType();
        boolean wholeNumbers =
                type == DataBuffer.TYPE_BYTE
                        || type == DataBuffer.TYPE_USHORT
                        || type == DataBuffer.TYPE_INT;
        int largest = IntStream.of(raster.getSampleModel().getSampleSize()).max().orElseThrow();
        if (!wholeNumbers || largest > 16) {
            throw MalformedImageException.unsupported(
                    "Samples of more than 16 bits and floating-point samples are not read. Save it"
                            + " with 16 bits.");
        }
    }

    private static boolean isGray(byte[][] entries) {
        return IntStream.range(0, entries[0].length)
                .allMatch(i -> entries[0][i] == entries[1][i] && entries[1][i] == entries[2][i]);
    }

    /**
     * Where one of our channels comes from.
     *
     * @param table our sample for each stored one
     */
    private record Channel(int band, int[] table) {
        static Channel ofBand(Raster raster, int band, int bits) {
            int storedMax = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
            int max = (1 << bits) - 1;
            int[] table =
                    IntStream.rangeClosed(0, storedMax)
                            .map(i -> (int) (((long) i * max + storedMax / 2) / storedMax))
                            .toArray();
            return new Channel(band, table);
        }

        static Channel ofPalette(byte[] entries) {
            return new Channel(
                    0, IntStream.range(0, entries.length).map(i -> entries[i] & 0xFF).toArray());
        }

        void copy(
                int[] row,
                int bands,
                Samples to,
                int start,
                int columnStep,
                int channels,
                int channel) {
            int at = start * channels + channel;
            for (int i = band; i < row.length; i += bands) {
                to.set(at, table[row[i]]);
                at += columnStep * channels;
            }
        }
    }
}
