package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.Job;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/** Waits for jobs to end. */
@Command(
        name = "wait",
        description = "Waits until jobs have ended; ends with 1 unless all succeeded.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  flexir wait 5f0c2a 77be01 --out restored"})
final class WaitCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "JOB",
            converter = IdConverter.class,
            arity = "1..*",
            description = "Ids of jobs.")
    private List<String> jobs;

    @Mixin private SchedulerOptions scheduler;

    @Mixin private Results results;

    @Mixin private JobLines lines;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        boolean allSucceeded = true;
        Mishaps mishaps = new Mishaps(spec.commandLine().getErr());
        try (FleetClient fleet = scheduler.connect();
                Following following =
                        new Following(fleet, jobs, spec.commandLine().getErr(), lines.isJson())) {
            for (String id : jobs) {
                try {
                    Job ended = following.toItsEnd(id);
                    lines.print(spec.commandLine().getOut(), ended);
                    allSucceeded &= ended.succeeded();
                    results.fetch(fleet, ended, id);
                } catch (FleetException | CannotStart lost) {
                    mishaps.tell(id, lost);
                }
            }
        }
        return mishaps.exitCode(allSucceeded ? ExitCode.DONE : ExitCode.JOB_NOT_SUCCEEDED);
    }
}
