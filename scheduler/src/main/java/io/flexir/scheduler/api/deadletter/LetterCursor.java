package io.flexir.scheduler.api.deadletter;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a list of letters has come: of each partition those before an offset are left. Written
 * {@code 0-42.1-7}.
 *
 * @param before by partition; one that is not named is left whole
 */
public record LetterCursor(Map<Integer, Long> before) {
    /** Everything is left. */
    public static final LetterCursor START = new LetterCursor(Map.of());

    public LetterCursor {
        before = Map.copyOf(before);
    }

    /** Reads what {@link #toString} wrote. */
    public static Optional<LetterCursor> parse(String text) {
        Map<Integer, Long> before = new TreeMap<>();
        for (String part : text.split("\\.", -1)) {
            Optional<LetterId> bound = LetterId.parse(part);
            if (bound.isEmpty()) {
                return Optional.empty();
            }
            before.put(bound.get().partition(), bound.get().offset());
        }
        return Optional.of(new LetterCursor(before));
    }

    /** Below which offset of a partition that ends at {@code end} letters are left. */
    long before(int partition, long end) {
        return Math.min(before.getOrDefault(partition, end), end);
    }

    @Override
    public String toString() {
        return new TreeMap<>(before)
                .entrySet().stream()
                        .map(part -> part.getKey() + "-" + part.getValue())
                        .collect(Collectors.joining("."));
    }
}
