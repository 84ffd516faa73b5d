package io.flexir.scheduler.jobs;

import java.time.Duration;
import java.time.Instant;

/**
 * When orders are committed: at once while they come now and then; together, a short while after
 * the last commit, while they come in a stream. A commit takes milliseconds and covers every task
 * of its thread, so each thread has a pace of its own.
 */
final class CommitPace {
    /** Orders wait so long for their commit at most, and one tick more. */
    static final Duration REST = Duration.ofMillis(25);

    private final ThreadLocal<Instant> last = ThreadLocal.withInitial(() -> Instant.EPOCH);

    /** Whether this thread shall commit now; if so, it is taken to do so. */
    boolean due(Instant now) {
        Duration passed = Duration.between(last.get(), now);
        if (!passed.isNegative() && passed.compareTo(REST) < 0) {
            return false;
        }
        last.set(now);
        return true;
    }
}
