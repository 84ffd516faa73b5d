package io.flexir.ops.cli;

import io.flexir.ops.bench.engine.ModelRunner;
import io.flexir.ops.bench.engine.Tiling;
import io.flexir.ops.bench.speed.Measured;
import io.flexir.ops.bench.speed.PairedRun;
import io.flexir.ops.bench.speed.PairsJson;
import io.flexir.ops.bench.speed.PairsTable;
import io.flexir.ops.bench.speed.Point;
import io.flexir.ops.bench.speed.PyTorches;
import io.flexir.ops.bench.speed.Soak;
import io.flexir.ops.bench.speed.Throughput;
import io.flexir.worker.restore.model.Accelerator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/** Measures the engine's speed, by itself and beside PyTorch. */
@Command(
        name = "engine",
        description = {
            "Times a worker's engine on random images: in turns with PyTorch running the same bundle (the faster of",
            "plain and fused attention) and with a large matrix product, then by itself under JMH."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir bench engine --bundle denoise-color-25-s",
            "  flexir bench engine --bundle denoise-color-25-s --size 128 --pointer 1,6 --json",
            "  flexir bench engine --bundle denoise-color-25-s --only jmh"
        })
final class BenchEngineCommand implements Callable<Integer> {
    private static final int MAX_AT_ONCE = 64;

    /** Which of the measurements. */
    enum Part {
        PAIRS,
        JMH,
        ALL
    }

    @Option(
            names = "--bundle",
            paramLabel = "BUNDLE",
            split = ",",
            defaultValue = "denoise-color-25-s",
            description =
                    "Bundles: directories, or names in --bundles (default: ${DEFAULT-VALUE}).")
    private List<Path> names;

    @Mixin private BundlesOption bundles;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            split = ",",
            defaultValue = "128,512",
            description = "Widths and heights of the images in pixels (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(
            names = "--pointer",
            paramLabel = "P",
            split = ",",
            description = "Pointers; the first and the last if left out.")
    private List<Integer> pointers = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "Rounds of turns, at least 5; what is printed is the median (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0.5",
            description =
                    "A turn, or an iteration of JMH, restores images for so long and at least one (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads of the engine, and of PyTorch (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Images side by side in the engine, as by a worker with N slots; PyTorch then uses one process or N, whichever is faster (default: ${DEFAULT-VALUE}).")
    private int atOnce;

    @Mixin private DeviceOption device;

    @Mixin private PythonOptions python;

    @Option(
            names = "--fused",
            description =
                    "Let one graph of the same depth take turns as well: what stepping through stages costs.")
    private boolean fused;

    @Option(
            names = "--only",
            paramLabel = "PART",
            defaultValue = "all",
            description = "pairs, jmh or all (default: ${DEFAULT-VALUE}).")
    private Part only;

    @Option(
            names = "--batch",
            paramLabel = "K",
            split = ",",
            description =
                    "In place of the rest, run the graphs under JMH over K tiles of each size at once: does a batch pay?")
    private List<Integer> batches = List.of();

    @Option(
            names = "--soak",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "In place of timing, restore N images of these sizes and pointers in turn and print the resident memory along the way.")
    private int soak;

    @Option(
            names = "--json",
            description = "Print the pairs as one JSON object and nothing else; without JMH.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        List<Path> directories = names.stream().map(bundles::directory).toList();
        directories.forEach(directory -> pointers(ModelRunner.manifest(directory).n()));
        if (soak > 0) {
            directories.forEach(this::soak);
            return ExitCode.DONE;
        }
        if (!batches.isEmpty()) {
            directories.forEach(this::batches);
            return ExitCode.DONE;
        }
        if (json || only != Part.JMH) {
            pairs(directories);
        }
        if (!json && only != Part.PAIRS) {
            directories.forEach(this::jmh);
        }
        return ExitCode.DONE;
    }

    private void check() {
        if (rounds < 5
                || threads < 1
                || atOnce < 1
                || atOnce > MAX_AT_ONCE
                || !(seconds >= 0 && seconds <= 60)) {
            throw wrong(
                    "--rounds must be at least 5, --threads at least 1, --at-once 1 to "
                            + MAX_AT_ONCE
                            + ", --seconds 0 to 60");
        }
        if (sizes.stream().anyMatch(size -> size < 1)) {
            throw wrong("--size must be at least 1");
        }
        if (soak < 0 || (json && soak > 0)) {
            throw wrong("--soak must be 0 or more, and prints no pairs for --json");
        }
        if (batches.stream().anyMatch(batch -> batch < 1) || (json && !batches.isEmpty())) {
            throw wrong("--batch must be at least 1, and prints no pairs for --json");
        }
        if (json && only == Part.JMH) {
            throw wrong("--json prints pairs, and --only jmh measures none");
        }
    }

    private void pairs(List<Path> directories) {
        Accelerator accelerator = device.settings(threads).accelerator();
        try (PyTorches pytorch =
                python.start(threads, atOnce, DeviceOption.inPyTorch(accelerator))) {
            PairedRun run = new PairedRun(pytorch, rounds, seconds, atOnce, fused, accelerator);
            List<Measured> measured = new ArrayList<>();
            for (Path directory : directories) {
                measured.addAll(pairs(run, directory));
            }
            print(json ? List.of(PairsJson.of(measured)) : PairsTable.lines(measured));
        }
    }

    private List<Measured> pairs(PairedRun run, Path directory) {
        List<Measured> measured = new ArrayList<>();
        try (ModelRunner model =
                ModelRunner.open(directory, Tiling.DEFAULT, device.settings(threads))) {
            StopSignal signal = StopSignal.cuttingOff(model::stop);
            try {
                for (int size : sizes) {
                    for (int pointer : pointers(model.manifest().n())) {
                        say(directory, size, pointer);
                        measured.add(run.measure(model, new Point(directory, size, pointer)));
                    }
                }
            } catch (CancellationException _) {
                signal.await();
            }
        }
        return measured;
    }

    private void soak(Path directory) {
        try (ModelRunner model =
                ModelRunner.open(directory, Tiling.DEFAULT, device.settings(threads))) {
            StopSignal signal = StopSignal.cuttingOff(model::stop);
            try {
                print(new Soak(model, sizes, pointers(model.manifest().n())).run(soak));
            } catch (CancellationException _) {
                signal.await();
            }
        }
    }

    private void say(Path directory, int size, int pointer) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                "in turns: "
                        + directory.getFileName()
                        + " at "
                        + size
                        + " x "
                        + size
                        + ", P="
                        + pointer);
        err.flush();
    }

    private void jmh(Path directory) {
        int n = ModelRunner.manifest(directory).n();
        spec.commandLine().getErr().println("under JMH: " + directory.getFileName());
        print(Throughput.lines(directory, sizes, pointers(n), threads, seconds));
    }

    private void batches(Path directory) {
        int n = ModelRunner.manifest(directory).n();
        print(Throughput.batches(directory, sizes, pointers(n), batches, threads, seconds));
    }

    private List<Integer> pointers(int n) {
        if (pointers.stream().anyMatch(pointer -> pointer < 1 || pointer > n)) {
            throw wrong("--pointer must be 1 to " + n + ", is " + pointers);
        }
        if (!pointers.isEmpty()) {
            return pointers;
        }
        return n == 1 ? List.of(1) : List.of(1, n);
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
