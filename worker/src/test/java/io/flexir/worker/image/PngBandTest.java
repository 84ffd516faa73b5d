package io.flexir.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

import javax.imageio.ImageIO;

class PngBandTest {
    private static final int WIDTH = 700;
    private static final int HEIGHT = 600;

    @Test
    void a_picture_of_several_bands_is_one_stream_that_others_read() throws IOException {
        byte[] samples = new byte[3 * WIDTH * HEIGHT];
        new Random(1).nextBytes(samples);
        PixelImage image =
                new PixelImage(
                        WIDTH,
                        HEIGHT,
                        3,
                        new Samples.Bytes(samples.clone()),
                        null,
                        ImageMetadata.NONE);

        byte[] file = Pictures.encoded(image, OutputFormat.of(ImageFormat.PNG, 92));

        int[] read =
                ImageIO.read(new ByteArrayInputStream(file))
                        .getRaster()
                        .getPixels(0, 0, WIDTH, HEIGHT, (int[]) null);
        int[] written = new int[samples.length];
        Arrays.setAll(written, i -> samples[i] & 0xFF);
        assertThat(read).isEqualTo(written);
    }
}
