package io.flexir.ops.cli;

import io.flexir.ops.bench.anytime.AnytimeReport;
import io.flexir.ops.bench.anytime.AnytimeRun;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Option(
            names = "--bundle",
            paramLabel = "NAME",
            defaultValue = "denoise-color-25-s",
            description = "Name of a bundle in --bundles (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-${sys:flexir.home:-.}/ops/models}",
            description =
                    "Holds the trained models, one directory each; FLEXIR_BUNDLES (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    @Option(
            names = "--samples",
            paramLabel = "DIR",
            defaultValue = "${sys:flexir.home:-.}/ops/samples",
            description = "Directory with clean photos, PNG (default: ${DEFAULT-VALUE}).")
    private Path samples;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (jobs < 1 || threads < 1 || threads > 1024) {
            throw new ParameterException(
                    spec.commandLine(), "--jobs and --threads must be at least 1");
        }
        Bundle bundle =
                BundleCatalog.read(bundles)
                        .find(name)
                        .orElseThrow(
                                () ->
                                        new CannotStart(
                                                "there is no bundle " + name + " in " + bundles));
        Path log = log();
        LogFile.use(log);
        StackSettings settings =
                new StackSettings(
                        DataDirectory.temporary(),
                        log,
                        Ports.ANY,
                        1,
                        new Workforce.InProcess(1, 1, threads),
                        bundles,
                        StackSettings.FULL_DEPTH);
        try (LocalStack stack = LocalStack.start(settings);
                FleetClient fleet = stack.connect()) {
            StopSignal.closing(stack::close);
            print(new AnytimeReport(new AnytimeRun(fleet, bundle, samples).run(jobs, seed)));
            return ExitCode.DONE;
        }
    }

    private static Path log() {
        try {
            return Files.createTempFile("flexir-bench-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file for the log", e);
        }
    }

    private void print(AnytimeReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.json());
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
    }
}
