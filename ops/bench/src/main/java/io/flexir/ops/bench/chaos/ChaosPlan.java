package io.flexir.ops.bench.chaos;

import io.flexir.ops.bench.chaos.plan.FaultKind;

import java.time.Duration;
import java.util.Set;

/**
 * Jobs and faults of a run.
 *
 * @param jobs how many are submitted at most
 * @param longest after so long no more are
 * @param seed of faults, images and idempotency keys
 * @param kinds of faults
 * @param every mean time from one fault to the next
 * @param patience with a fleet that ends no job
 */
public record ChaosPlan(
        int jobs,
        Duration longest,
        long seed,
        Set<FaultKind> kinds,
        Duration every,
        Duration patience) {

    public ChaosPlan {
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, was " + jobs);
        }
        kinds = Set.copyOf(kinds);
    }
}
