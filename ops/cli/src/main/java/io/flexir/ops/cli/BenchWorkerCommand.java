package io.flexir.ops.cli;

import io.flexir.ops.bench.engine.EngineTurns;
import io.flexir.ops.bench.engine.ModelRunner;
import io.flexir.ops.bench.engine.Tiling;
import io.flexir.ops.bench.worker.WorkerLoad;
import io.flexir.ops.bench.worker.WorkerTimes;
import io.flexir.ops.bench.worker.WorkerTimesReport;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.demo.NoisyPhotos;
import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.stack.LocalStack;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/** Measures what a worker does beside running the network. */
@Command(
        name = "worker",
        description = {
            "Starts a whole fleet with one worker in one process, lets noisy photos wait in line for it, and tells how",
            "the worker's wall time went: the network, the other phases, and what lies between two photos; beside it",
            "how many photos the engine alone does, in the same process and minute."
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

    /** Width and height of the sample photos. */
    private static final int SIZE = 576;

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

    @Mixin private LoneWorkerOptions fleetOptions;

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
        List<byte[]> files = NoisyPhotos.png(fleetOptions.samples(), new GaussianNoise(SIGMA, 0));
        String model = fleetOptions.bundle(fleetOptions.catalog()).name();
        int used = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        try (LocalStack stack = fleetOptions.start(slots, used);
                FleetClient fleet = stack.connect();
                ModelRunner runner =
                        ModelRunner.open(fleetOptions.directory(), Tiling.DEFAULT, used)) {
            EngineTurns engine = new EngineTurns(runner, SIZE, pointer, slots);
            WorkerTimes times =
                    new WorkerLoad(fleet, model, pointer, slots).run(engine, files, photos);
            fleetOptions.print(WorkerTimesReport.json(times), WorkerTimesReport.lines(times));
            return ExitCode.DONE;
        }
    }
}
