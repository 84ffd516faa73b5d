package io.flexir.ops.cli;

import io.flexir.contracts.request.AdaptiveRule;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * {@code [RULE:]H}: a rule of adaptive inference and its threshold; without a rule it is sharpness.
 */
record AdaptiveDial(AdaptiveRule rule, double threshold) {

    private static final char SEPARATOR = ':';

    static AdaptiveDial of(String text) {
        int end = text.indexOf(SEPARATOR);
        AdaptiveRule rule = end < 0 ? AdaptiveRule.SHARPNESS : rule(text.substring(0, end).strip());
        return new AdaptiveDial(rule, threshold(text.substring(end + 1).strip()));
    }

    private static AdaptiveRule rule(String name) {
        return Arrays.stream(AdaptiveRule.values())
                .filter(rule -> name(rule).equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'" + name + "' is no rule: it is one of " + names()));
    }

    private static double threshold(String number) {
        try {
            double threshold = Double.parseDouble(number);
            if (threshold >= 0 && Double.isFinite(threshold)) {
                return threshold;
            }
        } catch (NumberFormatException _) {
            // Told below, with what would be right.
        }
        throw new TypeConversionException("a threshold must be 0 or more, is '" + number + "'");
    }

    private static String names() {
        return Arrays.stream(AdaptiveRule.values())
                .map(AdaptiveDial::name)
                .collect(Collectors.joining(", "));
    }

    private static String name(AdaptiveRule rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }

    /** For options. */
    static final class Converter implements ITypeConverter<AdaptiveDial> {
        @Override
        public AdaptiveDial convert(String text) {
            return of(text);
        }
    }
}
