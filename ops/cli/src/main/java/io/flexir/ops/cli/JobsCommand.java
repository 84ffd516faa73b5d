package io.flexir.ops.cli;

import io.flexir.contracts.job.JobState;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.JobList;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

/** What is done with many jobs, or with those that have ended. */
@Command(
        name = "jobs",
        description = "Lists jobs, does failed ones over, and deletes jobs.",
        mixinStandardHelpOptions = true,
        subcommands = {
            JobsCommand.Newest.class,
            JobsCommand.Retry.class,
            JobsCommand.Purge.class,
            JobsWebhookCommand.class,
            JobsBatchCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  flexir jobs list --state failed",
            "  flexir jobs retry 5f0c2a",
            "  flexir jobs retry --all-failed    once what made them fail is put right",
            "  flexir jobs purge 5f0c2a --yes    the job, its result, and its input if it was uploaded"
        })
final class JobsCommand implements Callable<Integer> {
    private static final String FEW = "50";
    private static final int MOST = 10_000;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }

    @Command(
            name = "list",
            description = "Lists the newest jobs of the key's tenant.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir jobs list --state failed,rejected --limit 500"})
    static final class Newest implements Callable<Integer> {
        @Option(
                names = "--state",
                paramLabel = "STATE",
                split = ",",
                description =
                        "Only jobs in this state, or in one of several separated by commas: ${COMPLETION-CANDIDATES}.")
        private Set<JobState> states = Set.of();

        @Option(
                names = "--batch",
                paramLabel = "BATCH",
                converter = IdConverter.class,
                description = "Only jobs of this batch.")
        private @Nullable String batch;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = FEW,
                description = "At most so many, up to 10000 (default: ${DEFAULT-VALUE}).")
        private int limit;

        @Mixin private SchedulerOptions scheduler;

        @Mixin private JobLines lines;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            if (limit < 1 || limit > MOST) {
                throw new ParameterException(
                        spec.commandLine(), "--limit must be 1 to " + MOST + ", is " + limit);
            }
            try (FleetClient fleet = scheduler.connect()) {
                JobList found = fleet.jobs(states, batch, limit);
                PrintWriter out = spec.commandLine().getOut();
                found.jobs().forEach(job -> lines.print(out, job));
                if (found.more()) {
                    spec.commandLine()
                            .getErr()
                            .println("flexir: there are more; --limit shows more of them");
                }
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "retry",
            description = {
                "Does failed jobs over, each as a job of its own that names the failed one; prints the new jobs. A job that is",
                "retried again is the same new job."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir jobs retry --all-failed"})
    static final class Retry implements Callable<Integer> {
        @Parameters(
                paramLabel = "JOB",
                converter = IdConverter.class,
                arity = "0..*",
                description = "Ids of failed jobs.")
        private List<String> jobs = List.of();

        @Option(
                names = "--all-failed",
                description =
                        "Every failed job of the key's tenant that was not retried yet, the newest 10000.")
        private boolean allFailed;

        @Mixin private SchedulerOptions scheduler;

        @Mixin private JobLines lines;

        @Spec private CommandSpec spec;

        /** Goes on after one that is refused. */
        @Override
        public Integer call() {
            if (jobs.isEmpty() != allFailed) {
                throw new ParameterException(
                        spec.commandLine(), "either ids of jobs or --all-failed is needed");
            }
            return forEach(allFailed ? failed() : jobs, scheduler, lines, spec, FleetClient::retry);
        }

        private List<String> failed() {
            try (FleetClient fleet = scheduler.connect()) {
                return fleet.jobs(Set.of(JobState.FAILED), MOST).jobs().stream()
                        .filter(job -> job.retriedAs() == null)
                        .map(Job::id)
                        .toList();
            }
        }
    }

    @Command(
            name = "purge",
            description = {
                "Deletes jobs: one that has not ended is taken back; then it is gone with its result, its receipt, and its",
                "input if that was uploaded to the fleet and no other job names it. Prints the jobs as they stood."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir jobs purge 5f0c2a --yes"})
    static final class Purge implements Callable<Integer> {
        @Parameters(
                paramLabel = "JOB",
                converter = IdConverter.class,
                arity = "1..*",
                description = "Ids of jobs.")
        private List<String> jobs;

        @Mixin private YesOption yes;

        @Mixin private SchedulerOptions scheduler;

        @Mixin private JobLines lines;

        @Spec private CommandSpec spec;

        /** Goes on after one that is refused. */
        @Override
        public Integer call() {
            yes.require();
            return forEach(jobs, scheduler, lines, spec, FleetClient::purge);
        }
    }

    private static int forEach(
            List<String> ids,
            SchedulerOptions scheduler,
            JobLines lines,
            CommandSpec spec,
            BiFunction<FleetClient, String, Job> what) {
        boolean refused = false;
        try (FleetClient fleet = scheduler.connect()) {
            for (String id : ids) {
                try {
                    lines.print(spec.commandLine().getOut(), what.apply(fleet, id));
                } catch (FleetException.Refused refusal) {
                    refused = true;
                    spec.commandLine()
                            .getErr()
                            .println("flexir: " + id + ": " + refusal.getMessage());
                }
            }
        }
        return refused ? ExitCode.SCHEDULER : ExitCode.DONE;
    }
}
