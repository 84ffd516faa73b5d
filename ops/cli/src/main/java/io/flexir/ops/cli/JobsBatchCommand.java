package io.flexir.ops.cli;

import io.flexir.ops.local.client.FleetBatch;
import io.flexir.ops.local.client.FleetClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Shows how a batch stands. */
@Command(
        name = "batch",
        description = "Shows how many jobs of a batch are in each state.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  flexir jobs batch 77c1e0 && flexir jobs list --batch 77c1e0"})
final class JobsBatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BATCH", converter = IdConverter.class, description = "Id of a batch.")
    private String batch;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Mixin private SchedulerOptions scheduler;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        try (FleetClient fleet = scheduler.connect()) {
            FleetBatch found = fleet.batch(batch);
            BatchLines.standing(spec.commandLine().getOut(), found, json);
        }
        return ExitCode.DONE;
    }
}
