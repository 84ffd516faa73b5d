package io.flexir.worker.image;

import static io.flexir.worker.image.Pictures.decoded;
import static io.flexir.worker.image.Pictures.file;
import static io.flexir.worker.image.Pictures.refused;
import static io.flexir.worker.image.Pictures.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Features that decoders are known to get wrong, in files that carry them. */
class UnusualFilesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shallow_gray_png_stays_gray_and_fills_eight_bits(int bits) {
        int max = (1 << bits) - 1;
        byte[] row = {(byte) (bits == 1 ? 0b1010_0000 : bits == 2 ? 0b0001_1011 : 0x0F)};
        byte[] file = png(bits == 4 ? 2 : 3, 1, bits, 0, new byte[0], row);

        PixelImage image = decoded(file);

        assertThat(image.channels()).isEqualTo(1);
        int[] expected =
                switch (bits) {
                    case 1 -> new int[] {255, 0, 255};
                    case 2 -> new int[] {0, 255 / max, 2 * 255 / max};
                    default -> new int[] {0, 255};
                };
        assertThat(samples(image)).isEqualTo(expected);
    }

    @Test
    void the_transparent_colour_of_an_rgb_png_becomes_an_alpha_plane() {
        byte[] key = {0, 10, 0, 20, 0, 30};
        byte[] file =
                png(2, 1, 8, 2, Exif.pngChunk("tRNS", key), new byte[] {10, 20, 30, 40, 50, 60});

        PixelImage image = decoded(file);

        assertThat(samples(image)).containsExactly(10, 20, 30, 0, 40, 50, 60, 255);
    }

    @Test
    void the_transparent_shade_of_a_gray_png_becomes_an_alpha_plane() {
        byte[] file =
                png(2, 1, 8, 0, Exif.pngChunk("tRNS", new byte[] {0, 10}), new byte[] {10, 40});

        PixelImage image = decoded(file);

        assertThat(samples(image)).containsExactly(10, 0, 40, 255);
    }

    @Test
    void interlaced_png_is_exact() throws IOException {
        PixelImage picture = Pictures.picture(Kind.RGB_8);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        byte[] file = write(writer, param, new IIOImage(RasterExport.exact(picture), null, null));

        assertThat(samples(decoded(file))).isEqualTo(samples(picture));
    }

    @Test
    void progressive_jpeg_is_read() throws IOException {
        PixelImage picture = Pictures.smooth(Kind.RGB_8, 64, 64, ImageMetadata.NONE);
        ImageWriter writer = Codecs.writer(ImageFormat.JPEG);
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        byte[] file = write(writer, param, new IIOImage(RasterExport.exact(picture), null, null));

        assertThat(decoded(file).channels()).isEqualTo(3);
    }

    @Test
    void cmyk_jpeg_becomes_rgb() throws IOException {
        byte[] file = cmykJpeg(0, 255, 255, 0);

        PixelImage image = decoded(file);

        assertThat(image.channels()).isEqualTo(3);
        assertThat(image.metadata().iccProfile()).isEmpty();
        int[] samples = samples(image);
        assertThat(samples[0]).as("red").isGreaterThan(200);
        assertThat(samples[1]).as("green").isLessThan(60);
        assertThat(samples[2]).as("blue").isLessThan(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LZW", "ZLib", "PackBits"})
    void tiled_and_compressed_tiff_is_exact(String compression) throws IOException {
        PixelImage picture = Pictures.picture(Kind.RGB_ALPHA_8);
        ImageWriter writer = Codecs.writer(ImageFormat.TIFF);
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(compression);
        param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
        param.setTiling(16, 16, 0, 0);
        byte[] file = write(writer, param, new IIOImage(RasterExport.exact(picture), null, null));

        assertThat(samples(decoded(file))).isEqualTo(samples(picture));
    }

    @Test
    void a_tiff_with_white_as_zero_is_turned_around() {
        byte[] file = tiff(0, 1, new byte[] {0, 100, (byte) 255});

        assertThat(samples(decoded(file))).containsExactly(255, 155, 0);
    }

    @Test
    void a_cmyk_tiff_becomes_rgb() {
        byte[] file =
                tiff(
                        5,
                        4,
                        new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) 255, 0, (byte) 255, (byte) 255, 0});

        PixelImage image = decoded(file);

        assertThat(image.channels()).isEqualTo(3);
        int[] samples = samples(image);
        assertThat(samples[0]).as("white").isGreaterThan(240);
        assertThat(samples[3]).as("black").isLessThan(60);
        assertThat(samples[6] - samples[8]).as("red over blue").isGreaterThan(100);
    }

    @Test
    void a_tiff_of_two_pages_is_refused_by_name() throws IOException {
        ImageWriter writer = Codecs.writer(ImageFormat.TIFF);
        BufferedImage page = RasterExport.exact(Pictures.picture(Kind.GRAY_8));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            writer.writeToSequence(new IIOImage(page, null, null), null);
            writer.writeToSequence(new IIOImage(page, null, null), null);
            writer.endWriteSequence();
        }

        Refused refused = refused(bytes.toByteArray());

        assertThat(refused.reason()).isEqualTo(RefusalReason.UNSUPPORTED);
        assertThat(refused.sentence()).contains("2 frames");
    }

    @Test
    void a_floating_point_tiff_is_refused_by_name() throws IOException {
        BufferedImage image =
                ImageTypeSpecifier.createInterleaved(
                                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                                new int[] {0},
                                DataBuffer.TYPE_FLOAT,
                                false,
                                false)
                        .createBufferedImage(4, 4);

        Refused refused = refused(file(ImageFormat.TIFF, image));

        assertThat(refused.reason()).isEqualTo(RefusalReason.UNSUPPORTED);
        assertThat(refused.sentence()).contains("16 bits");
    }

    @Test
    void a_bitmap_of_sixteen_bits_a_pixel_is_spread_to_eight_a_channel() {
        // Top-down, 5 bits a channel: pure red, then a middle gray.
        ByteBuffer file = ByteBuffer.allocate(58).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'B', 'M'}).putInt(58).putInt(0).putInt(54);
        file.putInt(40).putInt(2).putInt(-1).putShort((short) 1).putShort((short) 16);
        file.position(54).putShort((short) (31 << 10)).putShort((short) (16 | 16 << 5 | 16 << 10));

        PixelImage image = decoded(file.array());

        assertThat(samples(image)).containsExactly(255, 0, 0, 132, 132, 132);
    }

    @Test
    void a_damaged_png_checksum_is_noticed() throws IOException {
        byte[] file = file(ImageFormat.PNG, Kind.RGB_8);
        file[file.length - 40] ^= 1;

        assertThat(refused(file).sentence()).contains("checksum");
    }

    @Test
    void what_follows_the_end_of_a_jpeg_is_ignored() throws IOException {
        byte[] file = file(ImageFormat.JPEG, Kind.RGB_8);
        byte[] followed = Arrays.copyOf(file, file.length + 100);

        assertThat(samples(decoded(followed))).isEqualTo(samples(decoded(file)));
    }

    private static byte[] write(ImageWriter writer, ImageWriteParam param, IIOImage image)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** One colour all over; Adobe's files, and so the decoder, take the inverted values. */
    private static byte[] cmykJpeg(int cyan, int magenta, int yellow, int black)
            throws IOException {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        int[] ink = {cyan, magenta, yellow, black};
        for (int band = 0; band < 4; band++) {
            int[] plane = new int[256];
            Arrays.fill(plane, 255 - ink[band]);
            raster.setSamples(0, 0, 16, 16, band, plane);
        }
        ImageWriter writer = Codecs.writer(ImageFormat.JPEG);
        byte[] plain =
                write(writer, writer.getDefaultWriteParam(), new IIOImage(raster, null, null));
        byte[] adobe = {
            (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
        };
        return Exif.insert(plain, 2, adobe);
    }

    private static byte[] png(
            int width, int height, int bits, int colourType, byte[] chunks, byte[] row) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) bits).put((byte) colourType);
        Deflater deflater = new Deflater();
        byte[] filtered = new byte[row.length + 1];
        System.arraycopy(row, 0, filtered, 1, row.length);
        deflater.setInput(filtered);
        deflater.finish();
        byte[] data = new byte[100];
        data = Arrays.copyOf(data, deflater.deflate(data));
        deflater.end();
        byte[] file = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
        for (byte[] part :
                new byte[][] {
                    Exif.pngChunk("IHDR", header.array()),
                    chunks,
                    Exif.pngChunk("IDAT", data),
                    Exif.pngChunk("IEND", new byte[0])
                }) {
            file = Exif.insert(file, file.length, part);
        }
        return file;
    }

    /** One row of 8-bit samples, uncompressed. */
    private static byte[] tiff(int photometric, int samplesPerPixel, byte[] row) {
        int fields = 9;
        int bitsAt = 8 + 2 + 12 * fields + 4;
        int dataAt = bitsAt + 2 * samplesPerPixel;
        ByteBuffer file = ByteBuffer.allocate(dataAt + row.length);
        file.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) fields);
        int[][] shorts = {
            {256, row.length / samplesPerPixel}, {257, 1}, {258, 8}, {259, 1}, {262, photometric}
        };
        for (int[] field : shorts) {
            file.putShort((short) field[0]).putShort((short) 3);
            if (field[0] == 258 && samplesPerPixel > 2) {
                file.putInt(samplesPerPixel).putInt(bitsAt);
            } else {
                file.putInt(1).putShort((short) field[1]).putShort((short) 0);
            }
        }
        file.putShort((short) 273).putShort((short) 4).putInt(1).putInt(dataAt);
        file.putShort((short) 277).putShort((short) 3).putInt(1);
        file.putShort((short) samplesPerPixel).putShort((short) 0);
        file.putShort((short) 278).putShort((short) 4).putInt(1).putInt(1);
        file.putShort((short) 279).putShort((short) 4).putInt(1).putInt(row.length);
        file.position(bitsAt);
        for (int i = 0; i < samplesPerPixel; i++) {
            file.putShort((short) 8);
        }
        file.position(dataAt).put(row);
        return file.array();
    }
}
