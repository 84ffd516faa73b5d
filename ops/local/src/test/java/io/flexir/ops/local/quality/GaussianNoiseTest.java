package io.flexir.ops.local.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.zip.CRC32;

class GaussianNoiseTest {

    private static final RgbImage STEPS = steps(7, 5);

    /**
     * Expected values from NumPy: clip(rint(image + default_rng(3).normal(0, 25, image.shape)), 0,
     * 255).
     */
    @Test
    void equals_numpys_rounded_noise() {
        RgbImage noisy = new GaussianNoise(25, 3).addedTo(STEPS);

        CRC32 crc = new CRC32();
        crc.update(noisy.samples());
        assertThat(noisy.samples())
                .startsWith(51, 0, 84, 97, (byte) 137, (byte) 180, (byte) 172, 0);
        assertThat(crc.getValue()).isEqualTo(2319643776L);
        assertThat(Psnr.of(STEPS, noisy)).isCloseTo(20.287552090506352, within(1e-12));
    }

    @Test
    void of_sigma_0_changes_nothing() {
        assertThat(new GaussianNoise(0, 1).addedTo(STEPS).samples()).isEqualTo(STEPS.samples());
    }

    @Test
    void is_infinitely_far_from_an_equal_image() {
        assertThat(Psnr.of(STEPS, STEPS)).isInfinite();
    }

    @Test
    void is_not_measured_between_images_of_unequal_size() {
        assertThatThrownBy(() -> Psnr.of(STEPS, steps(5, 7)))
                .hasMessage("cannot compare 7 x 5 with 5 x 7 pixels");
    }

    @Test
    void survives_a_png_file() throws IOException {
        RgbImage read = ImageFiles.decode(ImageFiles.encodePng(STEPS));

        assertThat(read.width()).isEqualTo(7);
        assertThat(read.samples()).isEqualTo(STEPS.samples());
    }

    private static RgbImage steps(int width, int height) {
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * 37);
        }
        return new RgbImage(width, height, samples);
    }
}
