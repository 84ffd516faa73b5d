package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.Psnr;
import io.flexir.ops.local.quality.RgbImage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

class SixelTest {
    @Test
    void what_the_palette_has_is_drawn_as_it_is() {
        byte[] samples = new byte[13 * 20 * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (51 * (i * 7 % 6));
        }
        RgbImage image = new RgbImage(13, 20, samples);

        RgbImage read = SixelReader.read(Sixel.of(image));

        assertThat(read.width()).isEqualTo(13);
        assertThat(read.height()).isEqualTo(20);
        assertThat(read.samples()).isEqualTo(samples);
    }

    @Test
    void one_pixel_and_one_row_more_than_a_band_are_drawn() {
        for (int height : new int[] {1, 5, 6, 7, 12, 13}) {
            byte[] white = new byte[2 * height * RgbImage.CHANNELS];
            Arrays.fill(white, (byte) 255);

            RgbImage read = SixelReader.read(Sixel.of(new RgbImage(2, height, white)));

            assertThat(read.height()).isEqualTo(height);
            assertThat(read.samples()).isEqualTo(white);
        }
    }

    @Test
    void a_photo_looks_like_itself() throws IOException {
        RgbImage photo =
                TerminalPicture.fitted(ImageFiles.read(Path.of("..", "samples", "dog.png")), 200);

        RgbImage read = SixelReader.read(Sixel.of(photo));

        assertThat(read.width()).isEqualTo(200);
        // Of dots: what the eye sees is their mean.
        assertThat(Psnr.of(TerminalPicture.fitted(photo, 25), TerminalPicture.fitted(read, 25)))
                .isGreaterThan(30);
    }
}
