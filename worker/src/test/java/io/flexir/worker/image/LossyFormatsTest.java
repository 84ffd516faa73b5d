package io.flexir.worker.image;

import static io.flexir.worker.image.Pictures.decoded;
import static io.flexir.worker.image.Pictures.encoded;
import static io.flexir.worker.image.Pictures.samples;
import static io.flexir.worker.image.Pictures.smooth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossyFormatsTest {
    private static final int SIDE = 96;

    @ParameterizedTest
    @EnumSource(names = {"GRAY_8", "RGB_8"})
    void jpeg_comes_back_nearly_the_same(Kind kind) {
        PixelImage image = smooth(kind, SIDE, SIDE, ImageMetadata.NONE);

        PixelImage back = decoded(encoded(image, new OutputFormat.Jpeg(92)));

        assertThat(back.channels()).isEqualTo(kind.channels);
        assertThat(largestDifference(back, image)).isLessThanOrEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(names = {"RGB_8", "RGB_ALPHA_8"})
    void webp_comes_back_nearly_the_same(Kind kind) {
        PixelImage image = smooth(kind, SIDE, SIDE, ImageMetadata.NONE);

        PixelImage back = decoded(encoded(image, new OutputFormat.Webp(92)));

        assertThat(back.hasAlpha()).isEqualTo(kind.alpha);
        assertThat(largestDifference(back, image)).isLessThanOrEqualTo(16);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRAY_8", "GRAY_16", "GRAY_ALPHA_8"})
    void gray_webp_becomes_colour_of_equal_channels(Kind kind) {
        PixelImage image = smooth(kind, SIDE, SIDE, ImageMetadata.NONE);

        PixelImage back = decoded(encoded(image, new OutputFormat.Webp(92)));

        int scale = kind.bits == 16 ? 257 : 1;
        assertThat(back.channels()).isEqualTo(3);
        assertThat(back.hasAlpha()).isEqualTo(kind.alpha);
        for (int i = 0; i < SIDE * SIDE; i++) {
            int expected = image.colour().get(i) / scale;
            assertThat(back.colour().get(3 * i + 1)).isBetween(expected - 8, expected + 8);
        }
    }

    @Test
    void jpeg_keeps_full_colour_resolution() {
        PixelImage stripes = redAndBlueColumns();

        PixelImage back = decoded(encoded(stripes, new OutputFormat.Jpeg(100)));

        assertThat(largestDifference(back, stripes)).isLessThanOrEqualTo(12);
    }

    @Test
    void quality_decides_on_the_size() {
        PixelImage image = Pictures.picture(Kind.RGB_8, SIDE, SIDE, ImageMetadata.NONE);

        int small = encoded(image, new OutputFormat.Jpeg(30)).length;
        int large = encoded(image, new OutputFormat.Jpeg(95)).length;

        assertThat(small).isLessThan(large / 2);
    }

    @Test
    void sixteen_bits_become_eight_where_the_format_has_no_more() {
        PixelImage image = smooth(Kind.RGB_16, SIDE, SIDE, ImageMetadata.NONE);

        PixelImage back = decoded(encoded(image, new OutputFormat.Bmp()));

        assertThat(back.bitDepth()).isEqualTo(8);
        assertThat(back.colour().get(5)).isEqualTo(Math.round(image.colour().get(5) / 257f));
    }

    @Test
    void transparency_is_laid_over_white_where_the_format_has_none() {
        PixelImage image = Pictures.picture(Kind.RGB_ALPHA_8);
        double opacity = Pictures.samples(image)[3] / 255.0;
        long expected = Math.round(image.colour().get(0) * opacity + 255 * (1 - opacity));

        PixelImage back = decoded(encoded(image, new OutputFormat.Bmp()));

        assertThat(back.hasAlpha()).isFalse();
        assertThat(back.colour().get(0)).isEqualTo((int) expected);
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void every_format_can_be_written_here(ImageFormat format) {
        assertThat(ImageEncoder.canWrite(format)).isTrue();
    }

    @Test
    void a_picture_too_large_for_the_format_is_refused() {
        PixelImage wide = smooth(Kind.GRAY_8, 16_384, 1, ImageMetadata.NONE);

        EncodeResult result = ImageEncoder.encode(wide, new OutputFormat.Webp(92));

        assertThat(result).isInstanceOf(Refused.class);
    }

    private static PixelImage redAndBlueColumns() {
        Samples colour = Samples.allocate(8, SIDE * SIDE * 3);
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            colour.set(pixel * 3 + (pixel % 2 == 0 ? 0 : 2), 200);
        }
        return new PixelImage(SIDE, SIDE, 3, colour, null, ImageMetadata.NONE);
    }

    private static int largestDifference(PixelImage a, PixelImage b) {
        int[] left = samples(a);
        int[] right = samples(b);
        int largest = 0;
        for (int i = 0; i < left.length; i++) {
            largest = Math.max(largest, Math.abs(left[i] - right[i]));
        }
        return largest;
    }
}
