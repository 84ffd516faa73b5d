package io.flexir.ops.bench.quality.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flexir.ops.bench.Golden;
import io.flexir.ops.bench.image.Luma;
import io.flexir.ops.bench.image.Raster;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Against scikit-image, and PSNR-B against the paper's formula in NumPy. */
class MeasuresTest {

    private static final double FLOAT_PRECISION = 1e-5;

    private final Raster clean = Golden.clean();
    private final Raster changed = Golden.changed();

    @Test
    void psnr_equals_scikit_images() {
        assertThat(Psnr.of(clean, changed))
                .isCloseTo(Golden.figure("psnr"), within(FLOAT_PRECISION));
    }

    @Test
    void ssim_equals_scikit_images_with_the_papers_window() {
        assertThat(Ssim.of(clean, changed))
                .isCloseTo(Golden.figure("ssim"), within(FLOAT_PRECISION));
    }

    @Test
    void psnr_b_equals_the_formula_for_sides_that_are_no_multiples_of_8() {
        Raster reference = Luma.fullRange(clean).rounded();
        Raster picture = Luma.fullRange(changed).rounded();

        assertThat(PsnrB.of(reference, picture))
                .isCloseTo(Golden.figure("psnrB"), within(FLOAT_PRECISION))
                .isLessThan(Psnr.of(reference, picture));
    }

    @Test
    void equal_pictures_are_infinitely_near_and_wholly_similar() {
        assertThat(Psnr.of(clean, clean)).isInfinite();
        assertThat(Ssim.of(clean, clean)).isCloseTo(1, within(1e-12));
    }

    @Test
    void without_blocking_psnr_b_is_psnr() {
        Raster ramp = ramp(0);
        Raster brighter = ramp(0.1f);

        assertThat(PsnrB.of(ramp, brighter)).isCloseTo(20, within(1e-4));
    }

    @Test
    void a_picture_smaller_than_the_window_has_no_ssim() {
        Raster small = clean.cropped(0, 0, 20, 10);

        assertThatThrownBy(() -> Ssim.of(small, small)).hasMessageContaining("11 x 11 pixels");
    }

    @Test
    void outputs_beyond_black_and_white_are_clamped_before_they_are_compared() {
        Raster white = Raster.gray(16, 16, filled(16 * 16, 1f));
        Raster whiter = Raster.gray(16, 16, filled(16 * 16, 1.5f));

        assertThat(Yardstick.PLANES.compare(white, whiter, 0).psnr()).isInfinite();
    }

    @Test
    void pictures_of_unequal_size_are_not_compared() {
        assertThatThrownBy(() -> Yardstick.PLANES.compare(clean, clean.cropped(0, 0, 20, 20), 0))
                .hasMessage("cannot compare pictures of 61 x 47 and 20 x 20");
    }

    private static Raster ramp(float brightness) {
        float[] plane = new float[32 * 32];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = i % 32 / 64f + brightness;
        }
        return Raster.gray(32, 32, plane);
    }

    private static float[] filled(int length, float value) {
        float[] plane = new float[length];
        Arrays.fill(plane, value);
        return plane;
    }
}
