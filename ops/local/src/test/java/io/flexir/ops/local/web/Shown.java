package io.flexir.ops.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Figures as the page writes them, read back. */
final class Shown {
    /** Three digits are shown. */
    private static final Percentage ROUNDING = Percentage.withPercentage(0.51);

    private static final Pattern FIGURE = Pattern.compile("^P?(-?[\\d,]*\\.?\\d+)\\s*(\\S*)$");

    /** To what the API counts in. */
    private static final Map<String, Double> UNITS =
            Map.ofEntries(
                    Map.entry("", 1.0),
                    Map.entry("GMACs", 1.0),
                    Map.entry("TMACs", 1000.0),
                    Map.entry("ms", 0.001),
                    Map.entry("s", 1.0),
                    Map.entry("min", 60.0),
                    Map.entry("h", 3600.0),
                    Map.entry("J", 1.0),
                    Map.entry("kJ", 1000.0),
                    Map.entry("dB", 1.0),
                    Map.entry("%", 0.01));

    private Shown() {}

    /** The number that a text such as {@code 65.6 GMACs} says. */
    static double number(String text) {
        Matcher figure = FIGURE.matcher(text.strip());
        assertThat(figure.matches()).as("a figure: " + text).isTrue();
        Double unit = UNITS.get(figure.group(2));
        assertThat(unit).as("a unit: " + text).isNotNull();
        return Double.parseDouble(figure.group(1).replace(",", "")) * unit;
    }

    /** Whether a text says this number, as exactly as it is written. */
    static void says(String text, double value) {
        assertThat(number(text)).as(text).isCloseTo(value, ROUNDING);
    }
}
