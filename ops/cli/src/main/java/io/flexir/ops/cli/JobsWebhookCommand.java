package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetWebhook;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Shows whether a job's webhook was told of its end. */
@Command(
        name = "webhook",
        description = "Shows whether a job's webhook was told of its end, with every attempt.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  flexir jobs webhook 5f0c2a"})
final class JobsWebhookCommand implements Callable<Integer> {
    private static final JsonMapper JSON = MessageCodec.newMapper();

    @Parameters(paramLabel = "JOB", converter = IdConverter.class, description = "Id of a job.")
    private String job;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Mixin private SchedulerOptions scheduler;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        try (FleetClient fleet = scheduler.connect()) {
            FleetWebhook told = fleet.webhook(job);
            if (json) {
                out.println(JSON.writeValueAsString(told));
            } else {
                print(out, told);
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static void print(PrintWriter out, FleetWebhook told) {
        out.println(
                told.url()
                        + "  "
                        + told.state()
                        + (told.nextAttemptAt() == null
                                ? ""
                                : ", next at " + told.nextAttemptAt()));
        for (FleetWebhook.Attempt attempt : told.attempts()) {
            out.printf(
                    Locale.ROOT,
                    "  %s  %.2f s  %s%n",
                    attempt.at(),
                    attempt.seconds(),
                    attempt.problem() == null ? "arrived" : attempt.problem());
        }
    }
}
