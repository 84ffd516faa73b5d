package io.flexir.ops.cli;

import io.flexir.ops.local.client.FleetClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/** Takes jobs back. */
@Command(
        name = "cancel",
        description = "Takes jobs back; a job that has ended already is refused.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  flexir cancel 5f0c2a && flexir wait 5f0c2a"})
final class CancelCommand implements Callable<Integer> {

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
                lines.print(spec.commandLine().getOut(), fleet.cancel(id));
            }
        }
        return ExitCode.DONE;
    }
}
