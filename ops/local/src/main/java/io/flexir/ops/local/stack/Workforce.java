package io.flexir.ops.local.stack;

import io.flexir.scheduler.config.ScalingConfig;

import java.time.Duration;

/** The workers of a local stack. */
public sealed interface Workforce {
    /** More than that share one machine to nobody's gain. */
    int MAX_WORKERS = 64;

    /**
     * In the stack's own process, for as long as it is up.
     *
     * @param slots photos that each restores at once
     * @param threads that the process computes with
     */
    record InProcess(int workers, int slots, int threads) implements Workforce {
        public InProcess {
            require(workers, workers);
        }
    }

    /** Processes, as many as the scheduler wants. */
    record Scaled(ScalingConfig scaling) implements Workforce {
        public Scaled {
            require(scaling.minWorkers(), scaling.maxWorkers());
        }
    }

    /** So many in the stack's own process, each on all its processors. */
    static Workforce of(int workers) {
        return new InProcess(workers, 1, Runtime.getRuntime().availableProcessors());
    }

    /** From so many to so many processes, at the pace of somebody who watches. */
    static Workforce between(int min, int max) {
        return new Scaled(
                new ScalingConfig(
                        min,
                        max,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30)));
    }

    private static void require(int min, int max) {
        if (min < 1 || max < min || max > MAX_WORKERS) {
            throw new IllegalArgumentException(
                    "workers must be 1 to "
                            + MAX_WORKERS
                            + ", was "
                            + min
                            + (max == min ? "" : ".." + max));
        }
    }
}
