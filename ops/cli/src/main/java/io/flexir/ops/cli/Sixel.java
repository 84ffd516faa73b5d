package io.flexir.ops.cli;

import io.flexir.ops.local.quality.RgbImage;

import java.util.BitSet;

/**
 * Pictures as DEC's sixels: bands of six rows, of each band one line of characters a colour, of
 * which there are 216, dithered.
 */
final class Sixel {
    private static final int LEVELS = Dithered.LEVELS;
    private static final int BAND = 6;
    private static final int NOTHING = 63;
    private static final int SHORTEST_RUN = 4;

    private final Dithered picture;
    private final StringBuilder text = new StringBuilder();

    private Sixel(RgbImage image) {
        picture = Dithered.of(image);
    }

    /** The control string that draws it, to be followed by a line break. */
    static String of(RgbImage image) {
        return new Sixel(image).drawn();
    }

    private String drawn() {
        int width = picture.width();
        int height = picture.height();
        text.append("\u001bP0;1;0q\"1;1;").append(width).append(';').append(height);
        colours(0, height).stream()
                .forEach(
                        colour ->
                                text.append('#')
                                        .append(colour)
                                        .append(";2;")
                                        .append(percent(colour / (LEVELS * LEVELS)))
                                        .append(';')
                                        .append(percent(colour / LEVELS % LEVELS))
                                        .append(';')
                                        .append(percent(colour % LEVELS)));
        for (int top = 0; top < height; top += BAND) {
            int bottom = Math.min(top + BAND, height);
            int first = top;
            colours(top, bottom).stream().forEach(colour -> line(colour, first, bottom));
            text.append('-');
        }
        return text.append("\u001b\\").toString();
    }

    /** What of a band has this colour, and back to the band's beginning. */
    private void line(int colour, int top, int bottom) {
        text.append('#').append(colour);
        int run = 0;
        int last = -1;
        for (int x = 0; x < picture.width(); x++) {
            int sixel = 0;
            for (int y = top; y < bottom; y++) {
                if (picture.colour(x, y) == colour) {
                    sixel |= 1 << (y - top);
                }
            }
            if (sixel != last) {
                repeated(last, run);
                run = 0;
                last = sixel;
            }
            run++;
        }
        if (last != 0) {
            repeated(last, run);
        }
        text.append('$');
    }

    private void repeated(int sixel, int times) {
        char character = (char) (NOTHING + sixel);
        if (times >= SHORTEST_RUN) {
            text.append('!').append(times).append(character);
        } else {
            text.repeat(character, times);
        }
    }

    private BitSet colours(int top, int bottom) {
        BitSet used = new BitSet();
        for (int y = top; y < bottom; y++) {
            for (int x = 0; x < picture.width(); x++) {
                used.set(picture.colour(x, y));
            }
        }
        return used;
    }

    /** A level from 0 to 5; there is no rounding. */
    private static int percent(int level) {
        return level * 100 / (LEVELS - 1);
    }
}
