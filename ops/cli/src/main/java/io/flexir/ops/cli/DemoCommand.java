package io.flexir.ops.cli;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.demo.Demo;
import io.flexir.ops.local.demo.DemoReport;
import io.flexir.ops.local.demo.DemoSettings;
import io.flexir.ops.local.demo.DemoTable;
import io.flexir.ops.local.demo.JobBoard;
import io.flexir.ops.local.demo.ProgressBar;
import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The whole fleet on this machine, restoring sample photos. */
@Command(
        name = "demo",
        description = {
            "Starts a whole fleet in one process, adds noise to sample photos, sends them through, and prints what it",
            "gained and cost. Leaves PHOTO-noisy.png, PHOTO-restored.png, report.json and flexir.log in --out."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir demo",
            "  flexir demo --adaptive 1.05 --out adaptive-out",
            "  flexir demo --samples ~/photos --pointer 3 --json"
        })
final class DemoCommand implements Callable<Integer> {

    private static final String LOG = "flexir.log";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "demo-out",
            description =
                    "Directory for images, report and log; created if it is missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--samples",
            paramLabel = "DIR",
            defaultValue = "${sys:flexir.home:-.}/ops/samples",
            description = "Directory with clean photos, PNG (default: ${DEFAULT-VALUE}).")
    private Path samples;

    @Option(
            names = "--model",
            defaultValue = "denoise-color-25-s",
            description = "Name of a bundle (default: ${DEFAULT-VALUE}).")
    private String model;

    @ArgGroup private @Nullable DepthOptions depth;

    @Option(
            names = "--sigma",
            defaultValue = "25",
            description =
                    "Standard deviation of the noise on the scale 0..255 (default: ${DEFAULT-VALUE}).")
    private double sigma;

    @Option(
            names = "--seed",
            defaultValue = "0",
            description =
                    "Seed of the noise, that of numpy.random.default_rng (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--port",
            converter = PortConverter.class,
            defaultValue = "0",
            description =
                    "Port of the scheduler on loopback, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--keep", description = "Stay up afterwards, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--json", description = "Print the report as JSON instead of a table.")
    private boolean json;

    @Mixin private StackOptions stack;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory.kept(out);
        DemoSettings settings =
                new DemoSettings(
                        samples,
                        out,
                        model,
                        DepthOptions.of(depth),
                        new GaussianNoise(sigma, seed));
        Path log = settings.out().resolve(LOG);
        LogFile.use(log);
        // With --json the report alone goes to standard output.
        PrintWriter talk = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        talk.println(
                "Starting broker, object store, scheduler and " + stack.workers() + " workers ...");
        talk.flush();
        try (LocalStack up =
                stack.start(DataDirectory.temporary(), log, port, StackSettings.FULL_DEPTH)) {
            StopSignal signal = StopSignal.closing(up::close);
            StackLines.print(talk, up, stack.workers(), log);
            DemoReport report = restore(up, settings, talk);
            print(report, settings);
            if (keep) {
                talk.println("Still up. Ctrl-C stops it.");
                talk.flush();
                signal.await();
            }
            return report.complete() ? ExitCode.DONE : ExitCode.JOB_NOT_SUCCEEDED;
        }
    }

    private static DemoReport restore(LocalStack up, DemoSettings settings, PrintWriter talk) {
        JobBoard board = new JobBoard();
        talk.println();
        try (FleetClient fleet = up.connect();
                ProgressBar _ = ProgressBar.show(board, talk, Terminal.isInteractive())) {
            return new Demo(fleet, settings).run(board);
        }
    }

    private void print(DemoReport report, DemoSettings settings) {
        PrintWriter printed = spec.commandLine().getOut();
        if (json) {
            printed.print(new String(report.toJson(), StandardCharsets.UTF_8));
        } else {
            printed.println();
            DemoTable.lines(report).forEach(printed::println);
            printed.println("All of it is in " + settings.out().resolve(DemoReport.FILE));
        }
        printed.flush();
    }
}
