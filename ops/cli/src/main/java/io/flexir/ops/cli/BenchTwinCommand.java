package io.flexir.ops.cli;

import io.flexir.ops.bench.simulate.Arrivals;
import io.flexir.ops.bench.simulate.NamedPolicy;
import io.flexir.ops.bench.simulate.Trace;
import io.flexir.ops.bench.twin.Comparison;
import io.flexir.ops.bench.twin.Twin;
import io.flexir.ops.bench.twin.TwinJson;
import io.flexir.ops.bench.twin.TwinPlan;
import io.flexir.ops.bench.twin.TwinTable;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** A real fleet and its simulation side by side. */
@Command(
        name = "twin",
        description = {
            "Starts a whole fleet with one worker in one process, measures it, and plays the same arrivals to it and to",
            "the simulator. Foretold is by the speed measured before, predicted by the middle of that and the speed measured",
            "after, replayed by the speed that the worker had while the jobs ran; observed is what came. The line before",
            "the table has what flexir simulate --rate --overhead asks for."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir bench twin",
            "  flexir bench twin --trace arrivals.csv --attainment 50 --policy fixed-max,slack,gain"
        })
final class BenchTwinCommand implements Callable<Integer> {
    private static final double MOST_SIDE = 512;

    @Option(
            names = "--trace",
            paramLabel = "TRACE",
            defaultValue = "poisson",
            description =
                    "poisson, burst, diurnal, or a file with a line offset_ms,size for each arrival, the first --jobs of which are played (default: ${DEFAULT-VALUE}).")
    private String trace;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "300",
            description = "Arrivals (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--policy",
            paramLabel = "P",
            split = ",",
            defaultValue = "fixed-max,gain",
            description =
                    "fixed-min, fixed-max, fixed:POINTER, load:SECONDS, slack, gain (default: ${DEFAULT-VALUE}).")
    private List<String> policies;

    @Option(
            names = "--attainment",
            paramLabel = "PERCENT",
            defaultValue = "60",
            description =
                    "Jobs come as fast as makes the simulator predict that full depth keeps so many deadlines (default: ${DEFAULT-VALUE}).")
    private double percent;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "160",
            description = "Width and height of the mean image (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Threads of the worker; broker, store and scheduler need some of the machine as well (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Draws arrivals and what jobs ask for (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private LoneWorkerOptions fleetOptions;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        require(jobs >= 2, "--jobs must be at least 2, is " + jobs);
        require(percent > 0 && percent < 100, "--attainment must be between 0 and 100");
        require(size >= 64 && size <= MOST_SIDE, "--size must be 64 to 512, is " + size);
        List<NamedPolicy> compared = compared();
        TwinPlan plan =
                new TwinPlan(
                        arrivals(),
                        percent / 100,
                        (double) size * size,
                        fleetOptions.samples(),
                        seed);
        BundleCatalog catalog = fleetOptions.catalog();
        Bundle bundle = fleetOptions.bundle(catalog);
        try (LocalStack stack = fleetOptions.start(1, threads);
                FleetClient fleet = stack.connect()) {
            Twin twin = new Twin(fleet, catalog, bundle, plan);
            twin.warmUp();
            List<Comparison> comparisons = compared.stream().map(twin::compare).toList();
            fleetOptions.print(TwinJson.of(comparisons), TwinTable.lines(comparisons));
            return ExitCode.DONE;
        }
    }

    private Trace arrivals() {
        return switch (trace) {
            case "poisson", "burst", "diurnal" ->
                    Arrivals.valueOf(trace.toUpperCase(Locale.ROOT))
                            .generate(jobs, 1, new SplittableRandom(seed));
            default -> Trace.read(Path.of(trace)).first(jobs);
        };
    }

    private List<NamedPolicy> compared() {
        try {
            List<NamedPolicy> named = policies.stream().map(NamedPolicy::of).toList();
            require(
                    named.stream().allMatch(policy -> policy.terms().isPresent()),
                    "--policy: no fleet can do what an oracle does");
            return named;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    spec.commandLine(), "--policy: " + wrong.getMessage(), wrong);
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
