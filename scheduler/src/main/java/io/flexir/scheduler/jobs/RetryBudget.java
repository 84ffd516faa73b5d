package io.flexir.scheduler.jobs;

import io.flexir.scheduler.budget.SetBack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the jobs of one scheduler may spend on orders after a failed one, so that a fault that all
 * of them meet does not multiply the fleet's work: a token bucket that first orders fill.
 *
 * <p>Each first order adds {@code share} of a token, each second {@value #PER_SECOND}; an order
 * after a failed one takes one. Where none is left it takes one that is still to come, and its job
 * waits for it; past {@link #FARTHEST} ahead there is none to be had. Lost orders are not counted:
 * there are never more of them than credit.
 */
final class RetryBudget {
    /**
     * Tokens that come in a second, whatever is ordered: a fleet with little to do may retry, too.
     */
    static final double PER_SECOND = 1;

    /** Tokens that are kept for later. */
    static final double MOST_SAVED = 100;

    /** How far ahead a token may be taken. */
    static final Duration FARTHEST = Duration.ofMinutes(1);

    private final double share;
    private double tokens = MOST_SAVED;
    private Instant at = Instant.MIN;

    /**
     * @param share tokens that a first order adds, from 0
     */
    RetryBudget(double share) {
        this.share = share;
    }

    /** A job's first order goes out. */
    synchronized void firstOrder(Instant now) {
        refill(now);
        add(share);
    }

    /**
     * How long the next order after a failed one has to wait for its token; empty: it gets none.
     */
    synchronized Optional<Duration> take(Instant now) {
        refill(now);
        double missing = Math.max(0, 1 - tokens);
        Duration wait = Duration.ofMillis(Math.round(missing / PER_SECOND * 1000));
        if (wait.compareTo(FARTHEST) > 0) {
            return Optional.empty();
        }
        tokens -= 1;
        return Optional.of(wait);
    }

    private void refill(Instant now) {
        if (at.isBefore(now)) {
            add(
                    at.equals(Instant.MIN)
                            ? 0
                            : Duration.between(at, now).toMillis() / 1000.0 * PER_SECOND);
            at = now;
        } else if (SetBack.between(at, now)) {
            // Time pays from there on. A step back that was none would be paid for again.
            at = now;
        }
    }

    private void add(double more) {
        tokens = Math.min(MOST_SAVED, tokens + more);
    }
}
