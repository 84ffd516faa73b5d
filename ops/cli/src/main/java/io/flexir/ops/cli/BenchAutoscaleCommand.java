package io.flexir.ops.cli;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.bench.scale.Burst;
import io.flexir.ops.bench.scale.BurstPlan;
import io.flexir.ops.bench.scale.BurstPlot;
import io.flexir.ops.bench.scale.BurstReport;
import io.flexir.ops.bench.scale.BurstTable;
import io.flexir.ops.bench.scale.Sample;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;
import io.flexir.scheduler.config.ScalingConfig;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Worker processes come with a burst and go after it. */
@Command(
        name = "autoscale",
        description = {
            "Starts a stack whose workers are processes, sends a burst of jobs through it, and waits until as few workers",
            "are left as before. Prints what the scheduler wanted and what there was; leaves report.json, autoscale.png",
            "(backlog, pointers and workers over time) and the logs in --out. Fails unless every job succeeded once."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  flexir bench autoscale --workers 1..4 --jobs 300 --over 20s --drain 15s"
        })
final class BenchAutoscaleCommand implements Callable<Integer> {
    private static final String PLOT = "autoscale.png";
    private static final String REPORT = "report.json";
    private static final String LOG = "flexir.log";

    @Option(
            names = "--workers",
            paramLabel = "MIN..MAX",
            converter = WorkforceConverter.class,
            defaultValue = "1..4",
            description = "Worker processes (default: ${DEFAULT-VALUE}).")
    private Workforce workers;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "200",
            description = "Jobs of the burst (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--over",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "20s",
            description = "They come evenly within it (default: ${DEFAULT-VALUE}).")
    private Duration over;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "256",
            description = "Width and height of their images (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "20s",
            description =
                    "So many workers are wanted that what waits is worked off within it; jobs are granted less depth when"
                            + " it would take half of it (default: ${DEFAULT-VALUE}).")
    private Duration drain;

    @Option(
            names = "--up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "3s",
            description = "See FLEXIR_SCALE_UP_SECONDS (default: ${DEFAULT-VALUE}).")
    private Duration up;

    @Option(
            names = "--down",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "8s",
            description = "See FLEXIR_SCALE_DOWN_SECONDS (default: ${DEFAULT-VALUE}).")
    private Duration down;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "8m",
            description = "Gives up after it (default: ${DEFAULT-VALUE}).")
    private Duration patience;

    @Option(
            names = "--samples",
            paramLabel = "DIR",
            defaultValue = "${sys:flexir.home:-.}/ops/samples",
            description = "Directory with clean photos, PNG (default: ${DEFAULT-VALUE}).")
    private Path samples;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-${sys:flexir.home:-.}/ops/models}",
            description =
                    "Holds the trained models, one directory each; FLEXIR_BUNDLES (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "autoscale-out",
            description =
                    "Directory for report, plot and logs; created if it is missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--json", description = "Print the report as one JSON object and nothing else.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Workforce.Scaled crew = crew();
        require(jobs > 0, "--jobs must be above 0, is " + jobs);
        require(drain.toSeconds() >= 1, "--drain must be at least 1s");
        require(size >= 16 && size <= 4096, "--size must be 16 to 4096, is " + size);
        Path directory = DataDirectory.kept(out).path();
        LogFile.use(directory.resolve(LOG));
        BurstPlan plan = new BurstPlan(jobs, over, samples, size, patience);
        PrintWriter people = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        people.printf(
                Locale.ROOT,
                "Starting broker, object store, scheduler and %d worker process(es) ...%n",
                crew.scaling().minWorkers());
        people.flush();
        StackSettings settings =
                new StackSettings(
                        DataDirectory.temporary(),
                        directory.resolve(LOG),
                        Ports.ANY,
                        1,
                        crew,
                        bundles,
                        new BudgetPolicy.Load(drain.toMillis() / 2e3));
        try (LocalStack stack = LocalStack.start(settings)) {
            StopSignal.closing(stack::close);
            BurstReport report = new Burst(stack, plan).run(sample -> tell(people, sample));
            write(report, directory);
            print(report, directory);
            return report.nothingLost() ? ExitCode.DONE : ExitCode.JOB_NOT_SUCCEEDED;
        }
    }

    /** The range as given, at this command's pace. */
    private Workforce.Scaled crew() {
        return switch (workers) {
            case Workforce.Scaled(ScalingConfig range) ->
                    new Workforce.Scaled(
                            new ScalingConfig(
                                    range.minWorkers(), range.maxWorkers(), drain, up, down));
            case Workforce.InProcess ignored ->
                    throw new ParameterException(
                            spec.commandLine(), "--workers must be a range such as 1..4");
        };
    }

    /** Every fifth second or so, for somebody who waits. */
    private static void tell(PrintWriter people, Sample sample) {
        if (sample.seconds() % 5 < 0.5) {
            people.printf(
                    Locale.ROOT,
                    "%4.0f s  %3d queued, %d out, %d workers wanted, %d ready%n",
                    sample.seconds(),
                    sample.queued(),
                    sample.out(),
                    sample.desired(),
                    sample.ready());
            people.flush();
        }
    }

    private static void write(BurstReport report, Path directory) {
        Path file = directory.resolve(REPORT);
        try {
            Files.writeString(file, report.toJson());
        } catch (IOException e) {
            throw new CannotStart("cannot write " + file + ": is there room?", e);
        }
        BurstPlot.write(report, directory.resolve(PLOT));
    }

    private void print(BurstReport report, Path directory) {
        PrintWriter printed = spec.commandLine().getOut();
        if (json) {
            printed.println(report.toJson());
        } else {
            printed.println();
            BurstTable.lines(report).forEach(printed::println);
            printed.println("The plot is " + directory.resolve(PLOT));
        }
        printed.flush();
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
