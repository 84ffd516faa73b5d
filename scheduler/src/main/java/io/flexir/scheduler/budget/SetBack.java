package io.flexir.scheduler.budget;

import java.time.Instant;

/**
 * Tells a clock that was set back from threads that look at one clock and are late: their looks
 * differ by less than {@value #SECONDS} s.
 */
public final class SetBack {
    /** What a clock goes back by at most without having been set. */
    public static final long SECONDS = 10;

    private SetBack() {}

    /** Whether the clock was set back between two looks at it. */
    public static boolean between(Instant before, Instant now) {
        return now.plusSeconds(SECONDS).isBefore(before);
    }

    /** The same in seconds; not before there was a look, which is {@code NaN}. */
    public static boolean between(double before, double now) {
        return now + SECONDS < before;
    }
}
