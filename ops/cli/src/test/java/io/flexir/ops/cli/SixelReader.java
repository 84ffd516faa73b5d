package io.flexir.ops.cli;

import io.flexir.ops.local.quality.RgbImage;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sixels as a terminal does; what is no sixel is an error. */
final class SixelReader {
    private static final Pattern WHOLE =
            Pattern.compile("\u001bP0;1;0q\"1;1;(\\d+);(\\d+)([^\u001b]*)\u001b\\\\");
    private static final Pattern PART =
            Pattern.compile(
                    "#(?<set>\\d+);2;(?<r>\\d+);(?<g>\\d+);(?<b>\\d+)|#(?<use>\\d+)|!(?<times>\\d+)(?<repeated>[?-~])|(?<one>[?-~])|(?<back>\\$)|(?<next>-)");

    private final int width;
    private final byte[] samples;
    private final Map<Integer, byte[]> colours = new HashMap<>();
    private byte[] colour = new byte[RgbImage.CHANNELS];
    private int x;
    private int top;

    private SixelReader(int width, int height) {
        this.width = width;
        this.samples = new byte[width * height * RgbImage.CHANNELS];
    }

    static RgbImage read(String text) {
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            throw new AssertionError(
                    "no sixels: " + text.substring(0, Math.min(40, text.length())));
        }
        int width = Integer.parseInt(whole.group(1));
        int height = Integer.parseInt(whole.group(2));
        SixelReader reader = new SixelReader(width, height);
        Matcher part = PART.matcher(whole.group(3));
        int at = 0;
        while (at < whole.group(3).length()) {
            if (!part.find(at) || part.start() != at) {
                throw new AssertionError("no sixel at " + at);
            }
            reader.take(part);
            at = part.end();
        }
        return new RgbImage(width, height, reader.samples);
    }

    private void take(Matcher part) {
        if (part.group("set") != null) {
            colours.put(
                    Integer.parseInt(text(part, "set")),
                    new byte[] {
                        sample(text(part, "r")), sample(text(part, "g")), sample(text(part, "b"))
                    });
        } else if (part.group("use") != null) {
            colour = Objects.requireNonNull(colours.get(Integer.parseInt(text(part, "use"))));
        } else if (part.group("times") != null) {
            draw(text(part, "repeated").charAt(0), Integer.parseInt(text(part, "times")));
        } else if (part.group("one") != null) {
            draw(text(part, "one").charAt(0), 1);
        } else {
            x = 0;
            top += part.group("next") == null ? 0 : 6;
        }
    }

    private void draw(char sixel, int times) {
        for (int i = 0; i < times; i++, x++) {
            for (int row = 0; row < 6; row++) {
                if ((((sixel - 63) >> row) & 1) == 1) {
                    System.arraycopy(
                            colour, 0, samples, ((top + row) * width + x) * colour.length, 3);
                }
            }
        }
    }

    private static String text(Matcher part, String name) {
        return Objects.requireNonNull(part.group(name));
    }

    private static byte sample(String percent) {
        return (byte) Math.round(Integer.parseInt(percent) * 255 / 100f);
    }
}
