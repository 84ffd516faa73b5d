package io.flexir.scheduler.api.deadletter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a letter lies in the topic of dead letters; written {@code 0-42}.
 *
 * @param partition of that topic
 * @param offset in that partition
 */
public record LetterId(int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    /** Reads what {@link #toString} wrote. */
    public static Optional<LetterId> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(
                        new LetterId(
                                Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
