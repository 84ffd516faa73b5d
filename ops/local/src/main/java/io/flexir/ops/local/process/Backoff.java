package io.flexir.ops.local.process;

import java.time.Duration;

/**
 * How long to wait before a process that ended is started again: twice as long each time that it
 * ends soon. Pure.
 *
 * @param next the wait before the next start
 */
record Backoff(Duration next) {
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** What ran for so long had started well. */
    static final Duration STEADY = Duration.ofMinutes(1);

    static final Backoff NONE_YET = new Backoff(SHORTEST);

    /**
     * A process ended.
     *
     * @param lived from its start
     * @return with the wait that is due now
     */
    Backoff ended(Duration lived) {
        return lived.compareTo(STEADY) >= 0 ? NONE_YET : this;
    }

    /** It was started again. */
    Backoff startedAgain() {
        Duration doubled = next.multipliedBy(2);
        return new Backoff(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
    }
}
