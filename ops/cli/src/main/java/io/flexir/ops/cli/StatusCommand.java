package io.flexir.ops.cli;

import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/** Shows jobs as they stand. */
@Command(
        name = "status",
        description = "Shows jobs as they stand.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  flexir status 5f0c2a --json"})
final class StatusCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "JOB",
            converter = IdConverter.class,
            arity = "1..*",
            description = "Ids of jobs.")
    private List<String> jobs;

    @Mixin private SchedulerOptions scheduler;

    @Mixin private JobLines lines;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        try (FleetClient fleet = scheduler.connect()) {
            for (String id : jobs) {
                Job job = fleet.get(id);
                lines.print(spec.commandLine().getOut(), job);
            }
        }
        return ExitCode.DONE;
    }
}
