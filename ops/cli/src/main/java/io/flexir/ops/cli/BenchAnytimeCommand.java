package io.flexir.ops.cli;

import io.flexir.ops.bench.anytime.AnytimeReport;
import io.flexir.ops.bench.anytime.AnytimeRun;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.scheduler.bundles.Bundle;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** How near to their deadlines workers come, and how often past them. */
@Command(
        name = "anytime",
        description = {
            "Starts a whole fleet with one worker in one process and gives it jobs one after the other, each due after",
            "0.3 to 1.5 times what full depth takes. Tells how often the worker, which ends early rather than late, was",
            "late all the same where the floor was feasible, and what of its time it left unused."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  flexir bench anytime --jobs 200"})
final class BenchAnytimeCommand implements Callable<Integer> {
    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "150",
            description = "Jobs with deadlines (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Draws sizes and deadlines (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of the worker (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin private LoneWorkerOptions fleetOptions;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (jobs < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--jobs must be at least 1, is " + jobs);
        }
        Bundle bundle = fleetOptions.bundle(fleetOptions.catalog());
        try (LocalStack stack = fleetOptions.start(1, threads);
                FleetClient fleet = stack.connect()) {
            AnytimeReport report =
                    new AnytimeReport(
                            new AnytimeRun(fleet, bundle, fleetOptions.samples()).run(jobs, seed));
            fleetOptions.print(report.json(), report.lines());
            return ExitCode.DONE;
        }
    }
}
