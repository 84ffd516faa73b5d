package io.flexir.ops.cli;

import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Pictures in a terminal: as pixels where it is known for a protocol that shows them, else as half
 * blocks in 24-bit colour, two pixels a character.
 */
enum TerminalPicture {
    /** Kitty's graphics protocol; Ghostty, Konsole and WezTerm know it too. */
    KITTY {
        @Override
        String draw(RgbImage image) {
            String data = base64(image);
            StringBuilder text = new StringBuilder();
            for (int at = 0; at < data.length(); at += CHUNK) {
                int end = Math.min(at + CHUNK, data.length());
                text.append("\u001b_G")
                        .append(at == 0 ? "f=100,a=T," : "")
                        .append(end < data.length() ? "m=1;" : "m=0;")
                        .append(data, at, end)
                        .append("\u001b\\");
            }
            return text.append('\n').toString();
        }
    },

    /** iTerm2's inline images. */
    ITERM2 {
        @Override
        String draw(RgbImage image) {
            return "\u001b]1337;File=inline=1;preserveAspectRatio=1:" + base64(image) + "\u0007\n";
        }
    },

    /** DEC's sixels. */
    SIXEL {
        @Override
        String draw(RgbImage image) {
            return Sixel.of(image) + '\n';
        }
    },

    HALF_BLOCKS {
        @Override
        String draw(RgbImage image) {
            StringBuilder text = new StringBuilder();
            for (int y = 0; y < image.height(); y += 2) {
                for (int x = 0; x < image.width(); x++) {
                    text.append("\u001b[38;2;").append(colour(image, x, y));
                    text.append("m\u001b[48;2;")
                            .append(colour(image, x, Math.min(y + 1, image.height() - 1)));
                    text.append("m\u2580");
                }
                text.append("\u001b[0m\n");
            }
            return text.toString();
        }
    };

    private static final int CHUNK = 4096;
    private static final int MAX_PIXELS_WIDE = 1200;

    /** Terminals whose name in TERM begins so, and that draw sixels unless told not to. */
    private static final List<String> OF_SIXELS = List.of("foot", "mlterm", "contour", "yaft");

    /** By what the terminal says of itself. */
    static TerminalPicture of(Map<String, String> environment) {
        String program = environment.getOrDefault("TERM_PROGRAM", "");
        String term = environment.getOrDefault("TERM", "");
        if (environment.containsKey("KITTY_WINDOW_ID")
                || term.equals("xterm-kitty")
                || term.equals("xterm-ghostty")
                || program.equals("ghostty")
                || environment.containsKey("KONSOLE_VERSION")) {
            return KITTY;
        }
        if (program.equals("iTerm.app") || program.equals("WezTerm")) {
            return ITERM2;
        }
        return program.equals("mintty")
                        || term.contains("sixel")
                        || OF_SIXELS.stream().anyMatch(term::startsWith)
                ? SIXEL
                : HALF_BLOCKS;
    }

    /** The escape sequences that draw it. */
    abstract String draw(RgbImage image);

    /**
     * Before and after side by side.
     *
     * @param columns of the terminal
     */
    String compare(RgbImage before, RgbImage after, int columns) {
        int half = this == HALF_BLOCKS ? (columns - 1) / 2 : MAX_PIXELS_WIDE / 2;
        return draw(beside(fitted(before, half), fitted(after, half)));
    }

    /** At most so wide; each pixel is the mean of those that it stands for. */
    static RgbImage fitted(RgbImage image, int maxWidth) {
        int width = Math.max(1, Math.min(maxWidth, image.width()));
        int height = Math.max(1, Math.round((float) image.height() * width / image.width()));
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    samples[(y * width + x) * RgbImage.CHANNELS + channel] =
                            (byte) mean(image, x, y, width, height, channel);
                }
            }
        }
        return new RgbImage(width, height, samples);
    }

    private static int mean(RgbImage image, int x, int y, int width, int height, int channel) {
        int left = (int) ((long) x * image.width() / width);
        int right = Math.max(left + 1, (int) ((long) (x + 1) * image.width() / width));
        int top = (int) ((long) y * image.height() / height);
        int bottom = Math.max(top + 1, (int) ((long) (y + 1) * image.height() / height));
        long sum = 0;
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                sum += image.sample((row * image.width() + column) * RgbImage.CHANNELS + channel);
            }
        }
        int count = (right - left) * (bottom - top);
        return (int) ((sum + count / 2) / count);
    }

    /** The second is cut, or ends in black, where it is not as high as the first. */
    private static RgbImage beside(RgbImage left, RgbImage right) {
        int width = left.width() + 1 + right.width();
        byte[] samples = new byte[width * left.height() * RgbImage.CHANNELS];
        for (int y = 0; y < left.height(); y++) {
            copyRow(left, y, samples, y * width);
            if (y < right.height()) {
                copyRow(right, y, samples, y * width + left.width() + 1);
            }
        }
        return new RgbImage(width, left.height(), samples);
    }

    private static void copyRow(RgbImage from, int y, byte[] to, int pixel) {
        System.arraycopy(
                from.samples(),
                y * from.width() * RgbImage.CHANNELS,
                to,
                pixel * RgbImage.CHANNELS,
                from.width() * RgbImage.CHANNELS);
    }

    private static String base64(RgbImage image) {
        return Base64.getEncoder().encodeToString(ImageFiles.encodePng(image));
    }

    private static String colour(RgbImage image, int x, int y) {
        int at = (y * image.width() + x) * RgbImage.CHANNELS;
        return image.sample(at) + ";" + image.sample(at + 1) + ";" + image.sample(at + 2);
    }
}
