package io.flexir.worker.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

class JpegQualityTest {
    @ParameterizedTest
    @ValueSource(ints = {5, 10, 20, 30, 40, 50, 60, 75, 80, 85, 90, 92, 95, 98, 100})
    void the_quality_of_a_file_with_scaled_standard_tables_is_found(int quality)
            throws IOException {
        byte[] file = jpeg(BufferedImage.TYPE_INT_RGB, quality);

        assertThat(quality(file)).contains(quality);
    }

    @Test
    void gray_files_have_a_quality_too() throws IOException {
        assertThat(quality(jpeg(BufferedImage.TYPE_BYTE_GRAY, 30))).contains(30);
    }

    @Test
    void other_tables_are_likened_to_the_nearest_standard_ones() {
        int[] flat = new int[64];
        Arrays.fill(flat, 12);
        int[] coarse = new int[64];
        Arrays.fill(coarse, 90);

        assertThat(quality(withTable(flat)).orElseThrow()).isBetween(85, 95);
        assertThat(quality(withTable(coarse)).orElseThrow()).isBetween(20, 45);
    }

    @Test
    void the_table_is_that_of_the_first_component_wherever_it_stands() {
        int[] one = new int[64];
        Arrays.fill(one, 1);
        byte[] file = withTable(one);
        // The frame header that follows the table says that the first component uses table 1.
        file[file.length - 3] = 1;

        assertThat(quality(file)).isEmpty();
    }

    @Test
    void other_files_have_none() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);

        assertThat(quality(png.toByteArray())).isEmpty();
        assertThat(quality(new byte[0])).isEmpty();
    }

    @Property
    void a_damaged_file_is_read_without_harm(
            @ForAll @IntRange(min = 0, max = 700) int at,
            @ForAll byte with,
            @ForAll @IntRange(min = 0, max = 700) int length)
            throws IOException {
        byte[] file = Arrays.copyOf(jpeg(BufferedImage.TYPE_INT_RGB, 75), length);
        if (at < file.length) {
            file[at] = with;
        }

        quality(file).ifPresent(quality -> assertThat(quality).isBetween(1, 100));
    }

    @Test
    void colour_files_tell_whether_their_chroma_is_subsampled() throws IOException {
        byte[] subsampled = jpeg(BufferedImage.TYPE_INT_RGB, 80);
        byte[] whole = subsampled.clone();
        whole[frameHeader(whole) + 11] = 0x11;

        assertThat(JpegTables.of(subsampled).orElseThrow().chromaSubsampled()).isTrue();
        assertThat(JpegTables.of(whole).orElseThrow().chromaSubsampled()).isFalse();
        assertThat(
                        JpegTables.of(jpeg(BufferedImage.TYPE_BYTE_GRAY, 80))
                                .orElseThrow()
                                .chromaSubsampled())
                .isFalse();
    }

    /** Where FF C0 stands: the sampling factors of the first component come 11 bytes later. */
    private static int frameHeader(byte[] file) {
        int at = 0;
        while (file[at] != (byte) 0xFF || file[at + 1] != (byte) 0xC0) {
            at++;
        }
        return at;
    }

    private static Optional<Integer> quality(byte[] file) {
        return JpegTables.of(file).map(tables -> JpegQuality.nearest(tables.luma()));
    }

    private static byte[] jpeg(int type, int quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality / 100f);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(
                    null, new IIOImage(new BufferedImage(16, 16, type), null, null), parameters);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** Start of image, one 8-bit table, and a frame header of one component that uses it. */
    private static byte[] withTable(int[] table) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xDB, 0, 67, 0});
        for (int step : table) {
            file.write(step);
        }
        file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0});
        file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDA});
        return file.toByteArray();
    }
}
