package io.flexir.ops.cli;

import io.flexir.ops.local.client.FleetClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/** Takes jobs back. */
@Command(
        name = "cancel",
        description =
                "Takes jobs back; a job that has ended already is refused. Of a batch it takes back those that have not ended.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  flexir cancel 5f0c2a && flexir wait 5f0c2a",
            "  flexir cancel --batch 77c1e0 && flexir jobs batch 77c1e0"
        })
final class CancelCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "JOB",
            converter = IdConverter.class,
            arity = "0..*",
            description = "Ids of jobs.")
    private List<String> jobs = List.of();

    @Option(
            names = "--batch",
            paramLabel = "BATCH",
            converter = IdConverter.class,
            description = "Instead of jobs: id of a batch.")
    private @Nullable String batch;

    @Mixin private SchedulerOptions scheduler;

    @Mixin private JobLines lines;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (jobs.isEmpty() == (batch == null)) {
            throw new ParameterException(
                    spec.commandLine(), "cancel takes ids of jobs, or --batch and the id of one");
        }
        try (FleetClient fleet = scheduler.connect()) {
            for (String id : jobs) {
                lines.print(spec.commandLine().getOut(), fleet.cancel(id));
            }
            if (batch != null) {
                BatchLines.standing(
                        spec.commandLine().getOut(), fleet.cancelBatch(batch), lines.isJson());
            }
        }
        return ExitCode.DONE;
    }
}
