package io.flexir.worker.image;

import static io.flexir.worker.image.Pictures.picture;
import static io.flexir.worker.image.Pictures.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;

class PixelCanvasTest {
    private static final int TILE = 10;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tiles_that_are_read_and_written_give_the_picture_back(Kind kind) {
        PixelImage image = picture(kind);
        int[] before = samples(image);
        PixelCanvas canvas = new PixelCanvas(image, 1);

        for (int y = 0; y < image.height(); y += TILE) {
            for (int x = 0; x < image.width(); x += TILE) {
                int width = Math.min(TILE, image.width() - x);
                int height = Math.min(TILE, image.height() - y);
                FloatBuffer tile = FloatBuffer.allocate(3 * width * height);
                image.read(x, y, width, height, tile);
                canvas.write(x, y, width, height, tile);
            }
        }

        assertThat(samples(canvas.toImage())).isEqualTo(before);
    }

    @Test
    void at_scale_one_the_input_stays_readable_until_it_is_released() {
        PixelImage image = picture(Kind.RGB_8);
        int width = image.width();
        int[] before = samples(image);
        PixelCanvas canvas = new PixelCanvas(image, 1);
        FloatBuffer white = FloatBuffer.wrap(new float[3 * width * 4]);
        Arrays.fill(white.array(), 1);

        canvas.write(0, 0, width, 4, white);
        int[] written = samples(image);
        canvas.release(3);
        int[] released = samples(image);

        assertThat(written).isEqualTo(before);
        assertThat(Arrays.copyOf(released, 9 * width)).containsOnly(255);
        assertThat(Arrays.copyOfRange(released, 9 * width, released.length))
                .isEqualTo(Arrays.copyOfRange(before, 9 * width, before.length));
    }

    @Test
    void what_is_written_after_its_row_was_released_goes_straight_in() {
        PixelImage image = picture(Kind.RGB_8);
        int width = image.width();
        PixelCanvas canvas = new PixelCanvas(image, 1);
        float[] white = new float[3];
        Arrays.fill(white, 1);

        canvas.write(0, 5, 1, 1, FloatBuffer.wrap(white));
        canvas.release(6);
        canvas.write(1, 5, 1, 1, FloatBuffer.wrap(white));

        int[] samples = samples(canvas.toImage());
        assertThat(Arrays.copyOfRange(samples, 15 * width, 15 * width + 6)).containsOnly(255);
    }

    @Test
    void values_are_planar_and_between_zero_and_one() {
        PixelImage image = picture(Kind.RGB_16);
        FloatBuffer tile = FloatBuffer.allocate(3 * 2 * 3);

        image.read(5, 7, 2, 3, tile);

        int pixel = (7 + 2) * image.width() + 5 + 1;
        for (int channel = 0; channel < 3; channel++) {
            float expected = image.colour().get(pixel * 3 + channel) / 65535f;
            assertThat(tile.get(channel * 6 + 2 * 2 + 1)).isEqualTo(expected);
        }
    }

    @Test
    void beyond_the_edge_lies_the_nearest_edge_pixel() {
        PixelImage image = picture(Kind.GRAY_8);
        FloatBuffer tile = FloatBuffer.allocate(3 * 4 * 4);

        image.read(image.width() - 2, image.height() - 2, 4, 4, tile);

        float corner = image.colour().get(image.width() * image.height() - 1) / 255f;
        assertThat(tile.get(3 * 4 + 3)).isEqualTo(corner);
        assertThat(tile.get(16 + 2 * 4 + 2)).isEqualTo(corner);
    }

    @Test
    void values_are_rounded_and_clamped() {
        PixelCanvas canvas = new PixelCanvas(picture(Kind.RGB_8), 1);
        float[] values = {-3, 2, Float.NaN, 0.4999f / 255, 0.5001f / 255, 254.6f / 255};

        canvas.write(0, 0, 2, 1, FloatBuffer.wrap(values));

        Samples colour = canvas.toImage().colour();
        int[] written = new int[6];
        for (int i = 0; i < 6; i++) {
            written[i] = colour.get(i);
        }
        // Planes of two pixels each: red -3 and 2, green NaN and under a half, blue the rest.
        assertThat(written).containsExactly(0, 0, 1, 255, 0, 255);
    }

    @Test
    void on_gray_the_three_planes_are_averaged() {
        PixelCanvas canvas = new PixelCanvas(picture(Kind.GRAY_8), 1);

        canvas.write(3, 2, 1, 1, FloatBuffer.wrap(new float[] {0.1f, 0.2f, 0.6f}));

        int at = 2 * canvas.width() + 3;
        assertThat(canvas.toImage().colour().get(at)).isEqualTo(Math.round(0.3f * 255));
    }

    @Test
    void an_enlarged_canvas_enlarges_the_alpha_plane() {
        PixelImage image = Pictures.smooth(Kind.RGB_ALPHA_8, 20, 10, ImageMetadata.NONE);
        PixelCanvas canvas = new PixelCanvas(image, 4);

        PixelImage enlarged = canvas.toImage();

        assertThat(enlarged.width()).isEqualTo(80);
        assertThat(enlarged.height()).isEqualTo(40);
        int[] samples = samples(enlarged);
        for (int x = 2; x < 78; x++) {
            double expected = 255 - ((x + 0.5) / 4 - 0.5);
            assertThat((double) samples[x * 4 + 3]).isCloseTo(expected, within(0.51));
        }
    }

    @Test
    void a_rectangle_that_leaves_the_canvas_is_a_mistake() {
        PixelCanvas canvas = new PixelCanvas(picture(Kind.RGB_8), 1);
        FloatBuffer tile = FloatBuffer.allocate(3 * 4);

        assertThatThrownBy(() -> canvas.write(Pictures.WIDTH - 1, 0, 2, 2, tile))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_result_that_would_be_too_large_is_refused() {
        ImageLimits limits =
                new ImageLimits(
                        1, 1, 1, 4 * Pictures.WIDTH * Pictures.HEIGHT, Duration.ofSeconds(60));
        ImageHeader header = header(Pictures.WIDTH, Pictures.HEIGHT);

        assertThat(limits.refusalOfScale(header, 2)).isEmpty();
        assertThat(limits.refusalOfScale(header, 3))
                .hasValueSatisfying(
                        refused -> assertThat(refused.sentence()).contains("max-output-pixels"));
    }

    @Test
    void a_result_whose_side_no_message_can_state_is_refused() {
        assertThat(ImageLimits.DEFAULT.refusalOfScale(header(3, 500_000), 2)).isEmpty();
        assertThat(ImageLimits.DEFAULT.refusalOfScale(header(3, 500_001), 2))
                .hasValueSatisfying(
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(RefusalReason.TOO_LARGE);
                            assertThat(refused.sentence()).contains("1000002");
                        });
    }

    private static ImageHeader header(int width, int height) {
        return new ImageHeader(ImageFormat.PNG, width, height, 1, 3, 8);
    }
}
