package io.flexir.scheduler.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.ImageSize;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import javax.imageio.ImageIO;

class ImageHeaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
    void the_size_is_in_the_start_of_the_file(String format) {
        byte[] start = Arrays.copyOf(image(format, 640, 480), 850);

        assertThat(ImageHeader.sizeOf(start)).contains(new ImageSize(640, 480));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIF89a", "BM", "II*\0", "RIFF0000WEBPVP8 ", "<svg/>"})
    void what_is_not_understood_is_unknown(String start) {
        assertThat(ImageHeader.sizeOf(start.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }

    @Test
    void a_tiff_whose_directory_may_lie_anywhere_is_unknown() {
        assertThat(ImageHeader.sizeOf(image("tiff", 64, 48))).isEmpty();
    }

    @Property(tries = 300)
    void a_mangled_header_is_a_size_or_unknown(
            @ForAll @IntRange(max = 60) int position, @ForAll byte value) {
        byte[] mangled = image("png", 64, 48);
        mangled[position] = value;

        ImageHeader.sizeOf(mangled).ifPresent(size -> assertThat(size.width()).isPositive());
    }

    private static byte[] image(String format, int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(
                    new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }
}
