package io.flexir.ops.cli;

import io.flexir.ops.bench.worker.WorkerLoad;
import io.flexir.ops.bench.worker.WorkerTimes;
import io.flexir.ops.bench.worker.WorkerTimesReport;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.demo.NoisyPhotos;
import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;

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
import java.util.List;
import java.util.concurrent.Callable;

/** Measures what a worker does beside running the network. */
@Command(
        name = "worker",
        description = {
            "Starts a whole fleet with one worker in one process, lets noisy photos wait in line for it, and tells how",
            "the worker's wall time went: the network, the other phases, and what lies between two photos."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir bench worker",
            "  flexir bench worker --pointer 6 --json"
        })
final class BenchWorkerCommand implements Callable<Integer> {
    private static final int MAX_SLOTS = 64;

    private static final double SIGMA = 25;

    @Option(
            names = "--bundle",
            paramLabel = "NAME",
            defaultValue = "denoise-color-25-s",
            description = "Name of a bundle in --bundles (default: ${DEFAULT-VALUE}).")
    private String bundle;

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

    @Option(
            names = "--pointer",
            paramLabel = "P",
            defaultValue = "3",
            description = "How deep (default: ${DEFAULT-VALUE}).")
    private int pointer;

    @Option(
            names = "--photos",
            paramLabel = "N",
            defaultValue = "40",
            description = "Photos that are counted (default: ${DEFAULT-VALUE}).")
    private int photos;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "1",
            description = "Photos that it restores at once (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads that it computes with; 0 is one a processor (default).")
    private int threads;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (photos < 1 || pointer < 1 || slots < 1 || slots > MAX_SLOTS || threads < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--photos and --pointer must be at least 1, --slots 1 to "
                            + MAX_SLOTS
                            + ", --threads 0 or more");
        }
        Path log = log();
        LogFile.use(log);
        List<byte[]> files = NoisyPhotos.png(samples, new GaussianNoise(SIGMA, 0));
        StackSettings settings =
                new StackSettings(
                        DataDirectory.temporary(),
                        log,
                        0,
                        1,
                        new Workforce.InProcess(
                                1,
                                slots,
                                threads == 0
                                        ? Runtime.getRuntime().availableProcessors()
                                        : threads),
                        bundles,
                        StackSettings.FULL_DEPTH);
        try (LocalStack stack = LocalStack.start(settings);
                FleetClient fleet = stack.connect()) {
            StopSignal.closing(stack::close);
            print(new WorkerLoad(fleet, bundle, pointer, slots).run(files, photos));
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

    private void print(WorkerTimes times) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(WorkerTimesReport.json(times));
        } else {
            WorkerTimesReport.lines(times).forEach(out::println);
        }
        out.flush();
    }
}
