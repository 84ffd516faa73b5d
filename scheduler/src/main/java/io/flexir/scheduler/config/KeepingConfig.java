package io.flexir.scheduler.config;

import io.flexir.scheduler.keeping.KeepingRules;

import java.time.Duration;

/**
 * How long the bucket keeps things; zero is for ever.
 *
 * @param inputs uploads, from the end of the last job that named them
 * @param results results and receipts, from the end of their job
 * @param orphans what belongs to no job, from when it was stored
 * @param sweepEvery between two looks at the whole bucket
 */
public record KeepingConfig(
        Duration inputs, Duration results, Duration orphans, Duration sweepEvery) {
    /** A week for inputs, 30 days for results, a day for what belongs to no job. */
    public static final KeepingConfig DEFAULT =
            new KeepingConfig(
                    KeepingRules.DEFAULT.inputs(),
                    KeepingRules.DEFAULT.results(),
                    KeepingRules.DEFAULT.orphans(),
                    KeepingRules.DEFAULT.sweepEvery());

    private static final Duration LONGEST = Duration.ofDays(3650);

    /** What is gone by. */
    public KeepingRules rules() {
        return new KeepingRules(
                inputs, results, orphans, sweepEvery, KeepingRules.DEFAULT.purgeMemory());
    }

    void check(Problems problems) {
        problems.between("the time that inputs are kept", inputs, Duration.ZERO, LONGEST);
        problems.between("the time that results are kept", results, Duration.ZERO, LONGEST);
        // A client may upload first and submit later; its address works for 7 days at most.
        problems.between(
                "the time that objects without a job are kept",
                orphans,
                Duration.ofHours(1),
                LONGEST);
        problems.between(
                "the time between two looks at the bucket",
                sweepEvery,
                Duration.ofMinutes(1),
                Duration.ofDays(7));
    }
}
