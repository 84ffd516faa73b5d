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

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Says what one thinks of a result. */
@Command(
        name = "rate",
        description = "Says what you think of a result; experiments are judged by it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  flexir rate 5f0c2a --rating 4"})
final class RateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "JOB",
            converter = IdConverter.class,
            description = "Id of a job that has succeeded.")
    private String job;

    @Option(names = "--rating", paramLabel = "N", description = "1 (bad) to 5 (excellent).")
    private @Nullable Integer rating;

    @Option(
            names = "--psnr",
            paramLabel = "DB",
            description = "PSNR of the result, where there is a reference.")
    private @Nullable Double psnr;

    @Mixin private SchedulerOptions scheduler;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, Number> feedback = new HashMap<>();
        if (rating != null) {
            feedback.put("rating", rating);
        }
        if (psnr != null) {
            feedback.put("psnr", psnr);
        }
        if (feedback.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--rating or --psnr is needed");
        }
        try (FleetClient fleet = scheduler.connect()) {
            fleet.rate(job, feedback);
        }
        return ExitCode.DONE;
    }
}
