package io.flexir.worker.image;

import static io.flexir.worker.image.Pictures.decoded;
import static io.flexir.worker.image.Pictures.encoded;
import static io.flexir.worker.image.Pictures.file;
import static io.flexir.worker.image.Pictures.picture;
import static io.flexir.worker.image.Pictures.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class LosslessFormatsTest {
    /** What the formats can hold. */
    static List<Arguments> filesOfOthers() {
        List<Arguments> cases = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            cases.add(Arguments.of(ImageFormat.PNG, kind));
            cases.add(Arguments.of(ImageFormat.TIFF, kind));
        }
        cases.add(Arguments.of(ImageFormat.BMP, Kind.GRAY_8));
        cases.add(Arguments.of(ImageFormat.BMP, Kind.RGB_8));
        cases.add(Arguments.of(ImageFormat.WEBP, Kind.RGB_8));
        cases.add(Arguments.of(ImageFormat.WEBP, Kind.RGB_ALPHA_8));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("filesOfOthers")
    void decodes_exactly_the_samples_that_were_written(ImageFormat format, Kind kind)
            throws IOException {
        byte[] file = file(format, kind);

        PixelImage image = decoded(file);

        assertThat(image.width()).isEqualTo(Pictures.WIDTH);
        assertThat(image.height()).isEqualTo(Pictures.HEIGHT);
        assertThat(image.channels()).isEqualTo(kind.channels);
        assertThat(image.bitDepth()).isEqualTo(kind.bits);
        assertThat(image.hasAlpha()).isEqualTo(kind.alpha);
        assertThat(samples(image)).isEqualTo(samples(picture(kind)));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void png_and_tiff_come_back_bit_by_bit(Kind kind) {
        PixelImage image = picture(kind);

        PixelImage fromPng = decoded(encoded(image, new OutputFormat.Png()));
        PixelImage fromTiff = decoded(encoded(image, new OutputFormat.Tiff()));

        assertThat(samples(fromPng)).isEqualTo(samples(image));
        assertThat(fromPng.bitDepth()).isEqualTo(kind.bits);
        assertThat(samples(fromTiff)).isEqualTo(samples(image));
        assertThat(fromTiff.bitDepth()).isEqualTo(kind.bits);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRAY_8", "RGB_8"})
    void bmp_comes_back_bit_by_bit(Kind kind) {
        PixelImage image = picture(kind);

        PixelImage fromBmp = decoded(encoded(image, new OutputFormat.Bmp()));

        assertThat(samples(fromBmp)).isEqualTo(samples(image));
    }

    static List<Arguments> palettes() {
        List<Arguments> cases = new ArrayList<>();
        for (int bits : new int[] {1, 2, 4, 8}) {
            cases.add(Arguments.of(ImageFormat.PNG, bits, false));
            cases.add(Arguments.of(ImageFormat.PNG, bits, true));
        }
        for (int bits : new int[] {4, 8}) {
            cases.add(Arguments.of(ImageFormat.TIFF, bits, false));
            cases.add(Arguments.of(ImageFormat.BMP, bits, false));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("palettes")
    void palettes_become_their_colours(ImageFormat format, int bits, boolean transparent)
            throws IOException {
        BufferedImage original = Pictures.palette(bits, transparent);
        byte[] file = file(format, original);

        PixelImage image = decoded(file);

        assertThat(image.channels()).isEqualTo(3);
        assertThat(image.hasAlpha()).isEqualTo(transparent);
        assertThat(samples(image)).isEqualTo(coloursOf(original));
    }

    private static int[] coloursOf(BufferedImage image) {
        IndexColorModel model = (IndexColorModel) image.getColorModel();
        int bands = model.hasAlpha() ? 4 : 3;
        int[] all = new int[image.getWidth() * image.getHeight() * bands];
        for (int y = 0, i = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int index = image.getRaster().getSample(x, y, 0);
                all[i++] = model.getRed(index);
                all[i++] = model.getGreen(index);
                all[i++] = model.getBlue(index);
                if (model.hasAlpha()) {
                    all[i++] = model.getAlpha(index);
                }
            }
        }
        return all;
    }
}
