package io.flexir.scheduler.jobs;

import java.time.Duration;

/**
 * Bounds on what one job and one ledger may use.
 *
 * @param maxAttempts orders sent for one job
 * @param maxWaiting queued jobs of the whole fleet; past it a request fails at once
 * @param retention how long an ended job is remembered, to know its second request or report
 * @param maxRemembered ended jobs of the whole fleet that are remembered, the newest
 */
public record Limits(int maxAttempts, int maxWaiting, Duration retention, int maxRemembered) {}
