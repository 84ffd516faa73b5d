package io.flexir.ops.bench.quality.degrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.ops.bench.Golden;
import io.flexir.ops.bench.image.Raster;
import io.flexir.ops.bench.quality.degrade.JpegCompression.Colours;
import io.flexir.ops.bench.quality.degrade.Noise.Form;
import io.flexir.ops.bench.quality.measure.Quality;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Against NumPy and Pillow. */
class ConditionsTest {

    private final Raster clean = Golden.clean();

    static Stream<JsonNode> noise() {
        return Golden.each("noise");
    }

    static Stream<JsonNode> jpeg() {
        return Golden.each("jpeg");
    }

    static Stream<JsonNode> scaled() {
        return Golden.each("scaled");
    }

    @ParameterizedTest
    @MethodSource("noise")
    void noise_is_numpys_and_is_fed_unclipped(JsonNode golden) {
        double sigma = golden.path("sigma").asDouble();

        Degraded degraded = new Noise(sigma, Form.CUSTOM).degrade(clean);

        for (int i = 0; i < golden.path("fed").size(); i++) {
            assertThat((double) degraded.input().planes()[i % 3][i / 3])
                    .isCloseTo(golden.path("fed").path(i).asDouble(), within(1e-6));
        }
        Quality quality = degraded.quality(degraded.unrestored());
        assertThat(quality.psnr()).isCloseTo(golden.path("psnr").asDouble(), within(1e-4));
        assertThat(quality.ssim()).isCloseTo(golden.path("ssim").asDouble(), within(1e-5));
        assertThat(quality.psnrB()).isNull();
    }

    @ParameterizedTest
    @MethodSource("noise")
    void noise_of_a_png_file_is_clipped_and_rounded(JsonNode golden) {
        Degraded degraded = new Noise(golden.path("sigma").asDouble(), Form.PNG8).degrade(clean);

        assertThat(degraded.quality(degraded.input()).psnr())
                .isCloseTo(golden.path("roundedPsnr").asDouble(), within(1e-4));
        for (float value : degraded.input().planes()[0]) {
            assertThat(value).isBetween(0f, 1f);
            assertThat(value * 255).isCloseTo(Math.round(value * 255), within(1e-3f));
        }
    }

    @ParameterizedTest
    @MethodSource("jpeg")
    void a_gray_jpeg_is_pillows_but_for_single_levels_of_rounding(JsonNode golden) {
        int q = golden.path("quality").asInt();
        Raster pillows = Golden.picture(golden.path("gray"), Golden.width(), Golden.height(), 1);

        Degraded degraded = new JpegCompression(q, Colours.GRAY).degrade(clean);

        assertThat(degraded.input().isGray()).isTrue();
        assertNearlyEqual(degraded.input(), pillows, 0.99, 1);
        Quality quality = degraded.quality(degraded.unrestored());
        assertThat(quality.psnr()).isCloseTo(golden.path("psnr").asDouble(), within(0.005));
        assertThat(quality.ssim()).isCloseTo(golden.path("ssim").asDouble(), within(0.0005));
        assertThat(quality.psnrB()).isCloseTo(golden.path("psnrB").asDouble(), within(0.005));
    }

    @ParameterizedTest
    @MethodSource("jpeg")
    void a_colour_jpeg_has_the_luma_of_pillows(JsonNode golden) {
        Degraded degraded =
                new JpegCompression(golden.path("quality").asInt(), Colours.YCBCR_420)
                        .degrade(clean);

        assertThat(degraded.input().isGray()).isFalse();
        assertThat(degraded.quality(degraded.input()).psnr())
                .isCloseTo(golden.path("colourPsnr").asDouble(), within(0.02));
    }

    @ParameterizedTest
    @MethodSource("scaled")
    void shrinking_and_enlarging_are_pillows_but_for_its_rounding_between_rows_and_columns(
            JsonNode golden) {
        int scale = golden.path("scale").asInt();
        int width = Golden.width() / scale;
        int height = Golden.height() / scale;

        Degraded degraded = new Downscale(scale).degrade(clean);

        assertNearlyEqual(
                degraded.input(), Golden.picture(golden.path("small"), width, height, 3), 0.75, 1);
        assertNearlyEqual(
                degraded.unrestored().rounded(),
                Golden.picture(golden.path("large"), width * scale, height * scale, 3),
                0.6,
                0.995);
        Quality quality = degraded.quality(degraded.unrestored());
        assertThat(quality.psnr()).isCloseTo(golden.path("psnr").asDouble(), within(0.02));
        assertThat(quality.ssim()).isCloseTo(golden.path("ssim").asDouble(), within(0.001));
    }

    @Test
    void conditions_that_cannot_be_are_refused() {
        assertThatThrownBy(() -> new Noise(-1, Form.CUSTOM)).hasMessageContaining("0..255");
        assertThatThrownBy(() -> new JpegCompression(0, Colours.GRAY))
                .hasMessageContaining("1..100");
        assertThatThrownBy(() -> new Downscale(1)).hasMessageContaining("at least 2");
    }

    /** At least these shares of the samples are equal, and off by a level at most. */
    private static void assertNearlyEqual(
            Raster actual, Raster expected, double equal, double offByOne) {
        int[] differences = Golden.differences(actual, expected);
        double samples = (double) actual.planes().length * actual.planes()[0].length;
        assertThat(differences[0] / samples).as("equal").isGreaterThanOrEqualTo(equal);
        assertThat((differences[0] + differences[1]) / samples)
                .as("off by a level at most")
                .isGreaterThanOrEqualTo(offByOne);
    }
}
