package io.flexir.ops.cli;

import io.flexir.ops.bench.start.Start;
import io.flexir.ops.bench.start.Starts;
import io.flexir.ops.bench.start.WorkerStart;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Measures how long a worker takes to start. */
@Command(
        name = "start",
        description = {
            "Starts a broker and a store here, and workers with one bundle as processes of their own, one after the other:",
            "seconds from exec until the worker is subscribed and ready, and the memory that it has then."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  flexir bench start", "  flexir bench start --runs 9 --json"})
final class BenchStartCommand implements Callable<Integer> {

    @Option(
            names = "--bundle",
            paramLabel = "BUNDLE",
            defaultValue = "denoise-color-25-s",
            description =
                    "The worker's only bundle: a directory, or a name in --bundles (default: ${DEFAULT-VALUE}).")
    private Path bundle;

    @Mixin private BundlesOption bundles;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "Starts, at least 5; what is printed are medians (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--launcher",
            paramLabel = "FILE",
            defaultValue = "${sys:flexir.home:-.}/ops/flexir",
            description = "The script that starts workers (default: ${DEFAULT-VALUE}).")
    private Path launcher;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (runs < 5) {
            throw new ParameterException(spec.commandLine(), "--runs must be at least 5");
        }
        Path directory = bundles.directory(bundle).toAbsolutePath();
        try (DataDirectory place = DataDirectory.temporary()) {
            LogFile.use(place.path().resolve("flexir.log"));
            Path only = place.child("bundles").path();
            Files.createSymbolicLink(
                    only.resolve(Objects.requireNonNull(directory.getFileName())), directory);
            try (Infrastructure fleet =
                    Infrastructure.start(place.child("fleet"), List.of(FleetConfigs.POOL))) {
                print(measure(new WorkerStart(launcher, only, fleet), place.path()));
            }
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new CannotStart("cannot link to the bundle: " + e.getMessage(), e);
        }
    }

    private Starts measure(WorkerStart start, Path logs) {
        List<Start> starts = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            starts.add(start.measure(logs.resolve("worker-" + run + ".log")));
        }
        return new Starts(Objects.requireNonNull(bundle.getFileName()).toString(), starts);
    }

    private void print(Starts starts) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? starts.json() : starts.line());
        out.flush();
    }
}
