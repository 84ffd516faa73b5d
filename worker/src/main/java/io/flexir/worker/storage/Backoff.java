package io.flexir.worker.storage;

import java.time.Duration;

/**
 * Doubling waits between tries.
 *
 * @param tries all of them, the first included
 * @param first wait after the first try
 * @param longest no wait is longer
 */
public record Backoff(int tries, Duration first, Duration longest) {
    /**
     * Four tries within a second and a half: long enough for a hiccup, short enough to notice an
     * outage.
     */
    public static final Backoff HICCUP =
            new Backoff(4, Duration.ofMillis(100), Duration.ofSeconds(1));

    /** The wait after try {@code number} (1 is the first). */
    public Duration after(int number) {
        int doublings = Math.clamp(number - 1, 0, 30);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    public boolean allowsAfter(int number) {
        return number < tries;
    }
}
