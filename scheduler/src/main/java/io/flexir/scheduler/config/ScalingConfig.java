package io.flexir.scheduler.config;

import io.flexir.scheduler.scale.ScalingRules;

import java.time.Duration;

/**
 * How many workers a pool should have, for whoever starts and stops them.
 *
 * @param minWorkers of each pool
 * @param maxWorkers of each pool
 * @param drainTarget what waits is to be worked off within it
 * @param upAfter so long must full depth have been out of reach before workers are added
 * @param downAfter so long must a worker have been too many before it is taken away
 */
public record ScalingConfig(
        int minWorkers,
        int maxWorkers,
        Duration drainTarget,
        Duration upAfter,
        Duration downAfter) {
    /** From one to a hundred workers that work off what waits within a minute. */
    public static final ScalingConfig DEFAULT =
            new ScalingConfig(
                    1, 100, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMinutes(2));

    /** What the decision goes by. */
    public ScalingRules rules() {
        return new ScalingRules(minWorkers, maxWorkers, drainTarget, upAfter, downAfter);
    }

    void check(Problems problems) {
        problems.between("the least number of workers", minWorkers, 0, 10_000);
        problems.between(
                "the largest number of workers", maxWorkers, Math.max(1, minWorkers), 10_000);
        problems.between(
                "the time to work off what waits",
                drainTarget,
                Duration.ofSeconds(1),
                Duration.ofDays(1));
        problems.between(
                "the time before workers are added", upAfter, Duration.ZERO, Duration.ofHours(1));
        problems.between(
                "the time before workers go", downAfter, Duration.ZERO, Duration.ofHours(24));
    }
}
