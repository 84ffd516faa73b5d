package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.bench.flood.Flood;
import io.flexir.ops.bench.flood.FloodPlan;
import io.flexir.ops.bench.flood.FloodReport;
import io.flexir.ops.bench.flood.FloodTable;
import io.flexir.ops.local.DataDirectory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Far more submissions than the fleet can do. */
@Command(
        name = "flood",
        description = {
            "Starts a scheduler and a worker as processes, submits far more jobs than they can do, and waits for those that",
            "were taken. Prints who was refused how, whether all that was acknowledged was done once, and the resident",
            "memory of every process. Fails if a job was lost or doubled, an answer was neither 202 nor a refusal that says",
            "when to come back, or the fleet needed help afterwards."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  flexir bench flood --rate 5000 --for 30s"})
final class BenchFloodCommand implements Callable<Integer> {
    private static final String LOG = "flexir.log";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Submissions a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "30s",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private Duration time;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description =
                    "Of the clients, each with at most 16 submissions under way (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--max-waiting-jobs",
            paramLabel = "N",
            defaultValue = "200",
            description = "See FLEXIR_MAX_WAITING_JOBS (default: ${DEFAULT-VALUE}).")
    private int maxWaitingJobs;

    @Option(
            names = "--max-requests-per-second",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "See FLEXIR_MAX_REQUESTS_PER_SECOND; 0 is no bound (default: ${DEFAULT-VALUE}).")
    private int maxRequestsPerSecond;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "256",
            description = "Width and height of the image of every job (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "8m",
            description = "Gives up on what was taken after it (default: ${DEFAULT-VALUE}).")
    private Duration patience;

    @Option(
            names = "--samples",
            paramLabel = "DIR",
            defaultValue = "${sys:flexir.home:-.}/ops/samples",
            description = "Directory with clean photos, PNG (default: ${DEFAULT-VALUE}).")
    private Path samples;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "flood-out",
            description =
                    "Directory for logs; created if it is missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--json", description = "Print the report as one JSON object and nothing else.")
    private boolean json;

    @Mixin private BundlesOption bundles;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        require(rate >= 1 && rate <= 100_000, "--rate must be 1 to 100000");
        require(time.toMillis() >= 100 && time.toMinutes() <= 60, "--for must be 100ms to 60m");
        require(connections >= 1 && connections <= 1000, "--connections must be 1 to 1000");
        require(maxWaitingJobs >= 1, "--max-waiting-jobs must be above 0");
        require(maxRequestsPerSecond >= 0, "--max-requests-per-second must not be negative");
        require(size >= 16 && size <= 4096, "--size must be 16 to 4096");
        Path directory = DataDirectory.kept(out).path();
        LogFile.use(directory.resolve(LOG));
        PrintWriter people = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        FloodPlan plan =
                new FloodPlan(
                        rate,
                        time,
                        connections,
                        maxWaitingJobs,
                        maxRequestsPerSecond,
                        size,
                        samples,
                        bundles.directory(),
                        patience);
        FloodReport report =
                new Flood(
                                plan,
                                directory,
                                line -> {
                                    people.println(line);
                                    people.flush();
                                })
                        .run();
        PrintWriter printed = spec.commandLine().getOut();
        if (json) {
            printed.println(new JsonMapper().writeValueAsString(report));
        } else {
            FloodTable.lines(report).forEach(printed::println);
        }
        printed.flush();
        return report.asPromised() ? ExitCode.DONE : ExitCode.JOB_NOT_SUCCEEDED;
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
