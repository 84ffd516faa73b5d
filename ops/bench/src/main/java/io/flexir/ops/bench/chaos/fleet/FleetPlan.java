package io.flexir.ops.bench.chaos.fleet;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a fleet under faults is made of.
 *
 * @param data directory of broker and store
 * @param logs directory of the processes' logs
 * @param bundles directory of the models
 */
public record FleetPlan(Path data, Path logs, Path bundles, int schedulers, int workers) {
    /** Of the share group: so long an order lies where a worker has died or sleeps. */
    public static final Duration LOCK = Duration.ofSeconds(4);

    /** A scheduler that is silent for so long loses its partitions. */
    static final Duration SESSION = Duration.ofSeconds(2);

    /** A transaction that was left open is given up after so long. */
    static final Duration TRANSACTION = Duration.ofSeconds(5);

    private static final int MOST = 8;

    public FleetPlan {
        require("schedulers", schedulers);
        require("workers", workers);
    }

    private static void require(String what, int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(what + " must be 1 to " + MOST + ", was " + number);
        }
    }
}
