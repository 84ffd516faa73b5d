package io.flexir.contracts.check;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * Field checks for compact constructors: each returns its value or throws {@link
 * InvalidFieldException}.
 */
public final class Require {
    private static final int SHA256_DIGITS = 64;

    private Require() {}

    public static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidFieldException(field, "is missing");
        }
        return value;
    }

    /** A text of 1 to {@code maxLength} characters without control characters. */
    public static String text(String field, @Nullable String value, int maxLength) {
        String text = present(field, value);
        if (text.isEmpty() || text.length() > maxLength) {
            throw new InvalidFieldException(
                    field, "must have 1 to " + maxLength + " characters, has " + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new InvalidFieldException(field, "must not hold control characters");
            }
        }
        return text;
    }

    /** Letters, digits, dot, underscore and hyphen, starting with a letter or digit. */
    public static String name(String field, @Nullable String value, int maxLength) {
        String name = text(field, value, maxLength);
        if (!isLetterOrDigit(name.charAt(0)) || !isName(name)) {
            throw new InvalidFieldException(
                    field,
                    "may hold letters, digits, '.', '_' and '-' alone and starts with a letter or digit");
        }
        return name;
    }

    /** A SHA-256 digest as 64 lower-case hexadecimal digits. */
    public static String sha256(String field, @Nullable String value) {
        String digest = present(field, value);
        if (digest.length() != SHA256_DIGITS || !isHex(digest)) {
            throw new InvalidFieldException(field, "must be 64 lower-case hexadecimal digits");
        }
        return digest;
    }

    public static int between(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw new InvalidFieldException(
                    field, "must be between " + min + " and " + max + ", is " + value);
        }
        return value;
    }

    public static long between(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new InvalidFieldException(
                    field, "must be between " + min + " and " + max + ", is " + value);
        }
        return value;
    }

    /** Finite and within {@code [min, max]}. */
    public static double between(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new InvalidFieldException(
                    field, "must be between " + min + " and " + max + ", is " + value);
        }
        return value;
    }

    public static void that(boolean holds, String field, String problem) {
        if (!holds) {
            throw new InvalidFieldException(field, problem);
        }
    }

    /** An unmodifiable copy with at most {@code maxSize} elements, none of them null. */
    public static <T> List<T> list(String field, @Nullable List<T> values, int maxSize) {
        List<T> list = present(field, values);
        if (list.size() > maxSize) {
            throw new InvalidFieldException(
                    field, "must have at most " + maxSize + " entries, has " + list.size());
        }
        for (int i = 0; i < list.size(); i++) {
            present(field + "[" + i + "]", list.get(i));
        }
        return List.copyOf(list);
    }

    /** An unmodifiable copy with at most {@code maxSize} entries. */
    public static <V> Map<String, V> map(
            String field, @Nullable Map<String, V> values, int maxSize) {
        Map<String, V> map = present(field, values);
        if (map.size() > maxSize) {
            throw new InvalidFieldException(
                    field, "must have at most " + maxSize + " entries, has " + map.size());
        }
        map.forEach((key, value) -> present(field + "." + key, value));
        return Map.copyOf(map);
    }

    /** Every message that is read or written passes here several times: no regular expressions. */
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
