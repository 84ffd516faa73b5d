package io.flexir.scheduler.jobs;

import java.time.Duration;

/**
 * Bounds on what one job and one ledger may use.
 *
 * @param maxAttempts orders sent for one job
 * @param retryWait before the second order of a job whose first failed; doubled for each after it
 * @param retryShare orders after a failed one for each first order of this scheduler, beside
 *     {@value RetryBudget#PER_SECOND} a second
 * @param maxWaiting queued jobs of the whole fleet; past it a request fails at once
 * @param retention how long an ended job is remembered, to know its second request or report
 * @param maxRemembered ended jobs of the whole fleet that are remembered, the newest
 */
public record Limits(
        int maxAttempts,
        Duration retryWait,
        double retryShare,
        int maxWaiting,
        Duration retention,
        int maxRemembered) {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 20;

    /** How long a job waits after its {@code attempt}th order has failed. */
    Duration waitAfter(int attempt) {
        Duration wait = retryWait.multipliedBy(1L << Math.clamp(attempt - 1, 0, MAX_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
