package io.flexir.scheduler;

import io.flexir.scheduler.config.ScalingConfig;

import picocli.CommandLine.Option;

import java.time.Duration;

/** How many workers a pool should have. */
final class ScalingOptions {
    @Option(
            names = "--scale-min-workers",
            defaultValue = "${env:FLEXIR_SCALE_MIN_WORKERS:-1}",
            description =
                    "Workers that a pool should have at least; 0 lets an idle one go (default: ${DEFAULT-VALUE}).")
    private int minWorkers;

    @Option(
            names = "--scale-max-workers",
            defaultValue = "${env:FLEXIR_SCALE_MAX_WORKERS:-100}",
            description = "Workers that a pool should have at most (default: ${DEFAULT-VALUE}).")
    private int maxWorkers;

    @Option(
            names = "--scale-drain-seconds",
            defaultValue = "${env:FLEXIR_SCALE_DRAIN_SECONDS:-60}",
            description =
                    "So many workers are wanted that what waits is worked off within it, in seconds (default:"
                            + " ${DEFAULT-VALUE}).")
    private long drainSeconds;

    @Option(
            names = "--scale-up-seconds",
            defaultValue = "${env:FLEXIR_SCALE_UP_SECONDS:-10}",
            description =
                    "More are wanted once full depth has been out of reach for so long, and at once if even the floors"
                            + " are; also the time between two steps up, in seconds (default: ${DEFAULT-VALUE}).")
    private long upSeconds;

    @Option(
            names = "--scale-down-seconds",
            defaultValue = "${env:FLEXIR_SCALE_DOWN_SECONDS:-120}",
            description =
                    "Fewer are wanted once fewer would have done for so long; also the time between two steps down, in"
                            + " seconds (default: ${DEFAULT-VALUE}).")
    private long downSeconds;

    ScalingConfig toConfig() {
        return new ScalingConfig(
                minWorkers,
                maxWorkers,
                Duration.ofSeconds(drainSeconds),
                Duration.ofSeconds(upSeconds),
                Duration.ofSeconds(downSeconds));
    }
}
