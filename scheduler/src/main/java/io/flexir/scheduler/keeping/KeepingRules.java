package io.flexir.scheduler.keeping;

import java.time.Duration;

/**
 * How long things are kept in the bucket. Zero is for ever.
 *
 * @param inputs uploads, from the end of the last job that named them
 * @param results results and receipts, from the end of their job
 * @param orphans what belongs to no job, from when it was stored: uploads that never became one,
 *     results of jobs that are gone or that another result won; zero is not for ever here, but at
 *     once
 * @param sweepEvery between two looks at the whole bucket
 * @param purgeMemory how long it is remembered that something was purged, so that what comes late
 *     goes too
 */
public record KeepingRules(
        Duration inputs,
        Duration results,
        Duration orphans,
        Duration sweepEvery,
        Duration purgeMemory) {
    /** A week for inputs, 30 days for results, a day for orphans. */
    public static final KeepingRules DEFAULT =
            new KeepingRules(
                    Duration.ofDays(7),
                    Duration.ofDays(30),
                    Duration.ofDays(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1));
}
