package io.flexir.scheduler.scale;

import java.time.Duration;

/**
 * What the number of a pool's workers goes by.
 *
 * @param min workers at least; 0 lets an idle pool go altogether
 * @param max workers at most
 * @param drainTarget what waits is to be worked off within it
 * @param upAfter so long must full depth have been out of reach before workers are added for its
 *     sake; also the least time between two steps up
 * @param downAfter so long must a worker have been too many before one is taken away; also the
 *     least time between two steps down
 */
public record ScalingRules(
        int min, int max, Duration drainTarget, Duration upAfter, Duration downAfter) {
    public ScalingRules {
        if (min < 0 || max < Math.max(1, min)) {
            throw new IllegalArgumentException(
                    "0 <= min <= max and 1 <= max must hold, are " + min + ", " + max);
        }
        if (drainTarget.isNegative() || drainTarget.isZero()) {
            throw new IllegalArgumentException("drainTarget must be above 0, is " + drainTarget);
        }
    }

    int bounded(double workers) {
        return (int) Math.clamp(workers, min, max);
    }
}
