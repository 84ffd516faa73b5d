package io.flexir.ops.cli;

import io.flexir.ops.bench.chaos.ChaosPlan;
import io.flexir.ops.bench.chaos.ChaosReport;
import io.flexir.ops.bench.chaos.ChaosRun;
import io.flexir.ops.bench.chaos.fleet.ChaosFleet;
import io.flexir.ops.bench.chaos.fleet.FleetPlan;
import io.flexir.ops.bench.chaos.plan.FaultKind;
import io.flexir.ops.bench.chaos.plan.PlannedFault;
import io.flexir.ops.local.DataDirectory;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

/** A real fleet under faults, and whether it kept its word. */
@Command(
        name = "chaos",
        description = {
            "Starts broker, object store, schedulers and workers as processes, submits small jobs, and strikes them with",
            "faults meanwhile, drawn from the seed. Then reads topics and bucket: every accepted job has exactly one outcome,",
            "every result opens and is what its receipt says. Leaves the logs in --out. Fails if any of that is not so."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  flexir chaos --jobs 2000 --seed 7 --every 3s --json"})
final class ChaosCommand implements Callable<Integer> {
    private static final String LOG = "flexir.log";

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Jobs, of tiny images (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "1h",
            description = "Submits no more after it (default: ${DEFAULT-VALUE}).")
    private Duration longest;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "The same seed is the same plan of faults (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "3s",
            description = "Mean time between faults (default: ${DEFAULT-VALUE}).")
    private Duration every;

    @Option(
            names = "--faults",
            paramLabel = "KIND",
            split = ",",
            converter = FaultKindConverter.class,
            completionCandidates = FaultKindConverter.Labels.class,
            description = "Kinds of faults: ${COMPLETION-CANDIDATES} (default: all).")
    private @Nullable List<FaultKind> faults;

    @Option(
            names = "--schedulers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Scheduler processes, 1 to 8 (default: ${DEFAULT-VALUE}).")
    private int schedulers;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Worker processes, 1 to 8 (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "90s",
            description =
                    "A fleet that ends no job for so long is given up (default: ${DEFAULT-VALUE}).")
    private Duration patience;

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
            defaultValue = "chaos-out",
            description =
                    "Directory for the logs; created if it is missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--json", description = "Print the report as one JSON object and nothing else.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        require(jobs > 0, "--jobs must be above 0, is " + jobs);
        require(!every.isZero(), "--every must be above 0");
        require(schedulers >= 1 && schedulers <= 8, "--schedulers must be 1 to 8");
        require(workers >= 1 && workers <= 8, "--workers must be 1 to 8");
        Path logs = DataDirectory.kept(out).path();
        LogFile.use(logs.resolve(LOG));
        PrintWriter people = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        people.printf(
                Locale.ROOT,
                "Starting broker, object store, %d scheduler(s) and %d worker(s), each a process ...%n",
                schedulers,
                workers);
        people.flush();
        try (DataDirectory data = DataDirectory.temporary();
                ChaosFleet fleet =
                        ChaosFleet.start(
                                new FleetPlan(data.path(), logs, bundles, schedulers, workers))) {
            StopSignal.cuttingOff(fleet::close);
            ChaosReport report =
                    new ChaosRun(
                                    fleet,
                                    new ChaosPlan(jobs, longest, seed, kinds(), every, patience),
                                    progress -> tell(people, progress))
                            .run();
            print(report);
            return report.kept() ? ExitCode.DONE : ExitCode.JOB_NOT_SUCCEEDED;
        }
    }

    private Set<FaultKind> kinds() {
        return faults == null ? EnumSet.allOf(FaultKind.class) : EnumSet.copyOf(faults);
    }

    private static void tell(PrintWriter people, ChaosRun.Progress progress) {
        PlannedFault fault = progress.fault();
        people.printf(
                Locale.ROOT,
                "%6.1f s  %-18s %5.1f s   %d accepted, %d ended%n",
                fault.at().toMillis() / 1e3,
                fault.kind().label(),
                fault.lasts().toMillis() / 1e3,
                progress.accepted(),
                progress.ended());
        people.flush();
    }

    private void print(ChaosReport report) {
        PrintWriter printed = spec.commandLine().getOut();
        if (json) {
            printed.println(report.toJson());
        } else {
            printed.println();
            report.lines().forEach(printed::println);
        }
        printed.flush();
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
