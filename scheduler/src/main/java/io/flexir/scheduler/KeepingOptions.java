package io.flexir.scheduler;

import io.flexir.scheduler.config.KeepingConfig;

import picocli.CommandLine.Option;

import java.time.Duration;

/** How long the bucket keeps things. */
final class KeepingOptions {
    @Option(
            names = "--keep-inputs-hours",
            defaultValue = "${env:FLEXIR_KEEP_INPUTS_HOURS:-168}",
            description =
                    "Uploads are deleted so long after the last job ended that named them, in hours; 0 is never"
                            + " (default: ${DEFAULT-VALUE}).")
    private long inputsHours;

    @Option(
            names = "--keep-results-hours",
            defaultValue = "${env:FLEXIR_KEEP_RESULTS_HOURS:-720}",
            description =
                    "Results and receipts are deleted so long after their job ended, in hours; 0 is never (default:"
                            + " ${DEFAULT-VALUE}).")
    private long resultsHours;

    @Option(
            names = "--keep-orphans-hours",
            defaultValue = "${env:FLEXIR_KEEP_ORPHANS_HOURS:-24}",
            description =
                    "Uploads that became no job, and results that belong to none, are deleted so long after they were"
                            + " stored, in hours (default: ${DEFAULT-VALUE}).")
    private long orphansHours;

    @Option(
            names = "--sweep-minutes",
            defaultValue = "${env:FLEXIR_SWEEP_MINUTES:-60}",
            description =
                    "Between two looks at the whole bucket for what is kept no longer, in minutes (default:"
                            + " ${DEFAULT-VALUE}).")
    private long sweepMinutes;

    KeepingConfig toConfig() {
        return new KeepingConfig(
                Duration.ofHours(inputsHours),
                Duration.ofHours(resultsHours),
                Duration.ofHours(orphansHours),
                Duration.ofMinutes(sweepMinutes));
    }
}
