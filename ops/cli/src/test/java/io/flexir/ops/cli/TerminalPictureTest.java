package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class TerminalPictureTest {
    private static final Pattern KITTY = Pattern.compile("\u001b_G([^;]*);([^\u001b]*)\u001b\\\\");

    @ParameterizedTest
    @CsvSource({
        "KITTY_WINDOW_ID, 1, KITTY",
        "TERM, xterm-kitty, KITTY",
        "TERM_PROGRAM, ghostty, KITTY",
        "KONSOLE_VERSION, 220401, KITTY",
        "TERM_PROGRAM, iTerm.app, ITERM2",
        "TERM_PROGRAM, WezTerm, ITERM2",
        "TERM, foot, SIXEL",
        "TERM, mlterm-256color, SIXEL",
        "TERM, xterm-sixel, SIXEL",
        "TERM_PROGRAM, mintty, SIXEL",
        "TERM, xterm-256color, HALF_BLOCKS",
        "TERM_PROGRAM, Apple_Terminal, HALF_BLOCKS"
    })
    void a_terminal_is_told_by_what_it_says_of_itself(
            String name, String value, TerminalPicture expected) {
        assertThat(TerminalPicture.of(Map.of(name, value))).isEqualTo(expected);
    }

    @Test
    void half_blocks_have_two_pixels_a_character() {
        RgbImage image = new RgbImage(1, 2, new byte[] {(byte) 255, 0, 1, 2, 3, (byte) 128});

        assertThat(TerminalPicture.HALF_BLOCKS.draw(image))
                .isEqualTo("\u001b[38;2;255;0;1m\u001b[48;2;2;3;128m\u2580\u001b[0m\n");
    }

    @Test
    void before_and_after_stand_side_by_side_within_the_columns() {
        RgbImage before = plain(400, 200, 10);
        RgbImage after = plain(800, 400, 200);

        String drawn = TerminalPicture.HALF_BLOCKS.compare(before, after, 81);

        String first = drawn.substring(0, drawn.indexOf('\n'));
        assertThat(first.chars().filter(c -> c == '\u2580').count()).isEqualTo(81);
        assertThat(first).startsWith("\u001b[38;2;10;10;10m").contains("\u001b[38;2;200;200;200m");
        assertThat(drawn.lines()).hasSize(10);
    }

    @Test
    void kitty_gets_the_image_in_chunks_that_make_a_png() throws IOException {
        byte[] samples = new byte[200 * 100 * 3];
        new Random(1).nextBytes(samples);
        RgbImage image = new RgbImage(200, 100, samples);
        StringBuilder data = new StringBuilder();
        Matcher chunks = KITTY.matcher(TerminalPicture.KITTY.draw(image));
        int count = 0;
        while (chunks.find()) {
            assertThat(chunks.group(2).length()).isLessThanOrEqualTo(4096);
            assertThat(chunks.group(1)).contains("m=");
            data.append(chunks.group(2));
            count++;
        }

        RgbImage read = ImageFiles.decode(Base64.getDecoder().decode(data.toString()));

        assertThat(count).isGreaterThan(1);
        assertThat(read.samples()).isEqualTo(samples);
    }

    @Test
    void before_and_after_are_as_many_sixels_as_both_are_pixels() {
        String drawn = TerminalPicture.SIXEL.compare(plain(40, 20, 10), plain(80, 40, 200), 81);

        RgbImage read = SixelReader.read(drawn.stripTrailing());

        assertThat(read.width()).isEqualTo(40 + 1 + 80);
        assertThat(read.height()).isEqualTo(20);
    }

    @Test
    void iterm2_gets_the_image_inline() throws IOException {
        RgbImage image = plain(3, 2, 7);
        String drawn = TerminalPicture.ITERM2.draw(image);

        String data = drawn.substring(drawn.indexOf(':') + 1, drawn.indexOf('\u0007'));

        assertThat(drawn).startsWith("\u001b]1337;File=inline=1");
        assertThat(ImageFiles.decode(Base64.getDecoder().decode(data)).samples())
                .isEqualTo(image.samples());
    }

    @Test
    void a_smaller_picture_has_the_mean_of_what_it_stands_for() {
        byte[] samples = new byte[2 * 2 * 3];
        samples[0] = 100;
        samples[3] = 40;

        assertThat(TerminalPicture.fitted(new RgbImage(2, 2, samples), 1).samples())
                .containsExactly(35, 0, 0);
    }

    private static RgbImage plain(int width, int height, int gray) {
        byte[] samples = new byte[width * height * 3];
        java.util.Arrays.fill(samples, (byte) gray);
        return new RgbImage(width, height, samples);
    }
}
