package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.image.ImageDecoder;
import io.flexir.worker.image.ImageFile;
import io.flexir.worker.image.ImageFormat;
import io.flexir.worker.image.ImageLimits;
import io.flexir.worker.image.OutputFormat;
import io.flexir.worker.restore.EngineSettings;
import io.flexir.worker.restore.RestorationEngine;

import org.junit.jupiter.api.Test;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.ImageIO;

class MemoryNeedTest {
    private static final int SIDE = 1000;
    private static final long SAMPLES = 3L * SIDE * SIDE;
    private static final long WORKSPACE = 1 << 20;
    private static final OutputFormat PNG = OutputFormat.of(ImageFormat.PNG, 92);

    @Test
    void a_photo_is_in_memory_once_and_its_result_can_be_as_large_as_its_samples()
            throws IOException {
        byte[] file = file("jpeg");

        long need = MemoryNeed.of(open(file), file.length, 1, PNG, WORKSPACE);

        assertThat(need).isEqualTo(WORKSPACE + 2 * SAMPLES);
    }

    @Test
    void an_enlarged_result_counts_by_its_own_size() throws IOException {
        byte[] file = file("jpeg");

        long need = MemoryNeed.of(open(file), file.length, 4, PNG, WORKSPACE);

        assertThat(need).isEqualTo(WORKSPACE + 2 * 16 * SAMPLES);
    }

    @Test
    void what_may_have_to_be_rearranged_counts_twice_while_it_is_decoded() throws IOException {
        byte[] file = file("png");

        long need = MemoryNeed.of(open(file), file.length, 1, PNG, WORKSPACE);

        // With the transparency that a PNG may have, four samples a pixel.
        assertThat(need).isBetween(WORKSPACE + 2 * SAMPLES * 4 / 3, WORKSPACE + 3 * SAMPLES);
    }

    @Test
    void rows_that_are_longer_than_a_band_of_a_png_should_be_count_as_often_as_they_are_held()
            throws IOException {
        int width = 200_000;
        int height = 4;
        byte[] file = file("png", width, height);
        // With the transparency that a PNG may have, four samples a pixel.
        long row = 4L * width;

        long need = MemoryNeed.of(open(file), file.length, 1, PNG, WORKSPACE);

        assertThat(need).isGreaterThanOrEqualTo(WORKSPACE + 2L * height * row + (height + 9) * row);
    }

    @Test
    void looking_through_a_very_wide_image_for_where_depth_pays_can_take_more_than_its_tiles() {
        int width = 1_000_000;
        int cell = 32;
        try (RestorationEngine engine =
                new RestorationEngine(EngineSettings.DEFAULT, System::nanoTime)) {
            long strip = engine.workspaceBytes(width, 50, 1, cell);
            long lowStrip = engine.workspaceBytes(width, 1, 1, cell);

            assertThat(strip).isEqualTo(4L * Float.BYTES * cell * width);
            assertThat(lowStrip).isEqualTo(engine.workspaceBytes(width, 1, 1, 0));
        }
    }

    private static ImageFile open(byte[] file) {
        return (ImageFile) new ImageDecoder(ImageLimits.DEFAULT).open(file);
    }

    private static byte[] file(String format) throws IOException {
        return file(format, SIDE, SIDE);
    }

    private static byte[] file(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, format, file);
        return file.toByteArray();
    }
}
