package io.flexir.ops.bench.anytime;

/**
 * A job with a deadline, as it ended in an idle fleet.
 *
 * @param share of the time that full depth takes, which it was given
 * @param allowedSeconds from submission to deadline
 * @param tookSeconds from submission to outcome
 * @param floorSeconds that the floor takes, as measured before
 * @param stageSeconds that one stage more takes, the mean of those beyond the floor
 * @param pointer that it ended at
 * @param n the deepest there is
 */
public record Ended(
        double share,
        double allowedSeconds,
        double tookSeconds,
        double floorSeconds,
        double stageSeconds,
        int pointer,
        int n) {
    private static final double FLOOR_MARGIN = 1.1;

    boolean late() {
        return tookSeconds > allowedSeconds;
    }

    /** Whether the floor would have been on time with something to spare. */
    boolean feasible() {
        return allowedSeconds > FLOOR_MARGIN * floorSeconds;
    }

    /** Whether the deadline ended it early. */
    boolean cut() {
        return pointer < n;
    }

    /** Whether one stage more would have been on time. */
    boolean couldGoDeeper() {
        return cut() && allowedSeconds - tookSeconds > stageSeconds;
    }

    /** Of its time. */
    double unusedShare() {
        return Math.max(0, allowedSeconds - tookSeconds) / allowedSeconds;
    }
}
