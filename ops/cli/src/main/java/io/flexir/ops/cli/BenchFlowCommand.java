package io.flexir.ops.cli;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.bench.flow.FlowBench;
import io.flexir.ops.bench.flow.FlowJson;
import io.flexir.ops.bench.flow.FlowReport;
import io.flexir.ops.bench.flow.FlowSettings;
import io.flexir.ops.bench.flow.FlowTable;
import io.flexir.scheduler.PolicyConverter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Measures the scheduler, by itself and beside a bare transactional loop. */
@Command(
        name = "flow",
        description = {
            "Measures how many requests the scheduler turns into committed work orders a second, beside a bare loop",
            "(consume, transform, produce, commit) over the same requests on the same broker; and how long one request",
            "takes in an idle fleet. The broker is embedded; the pool is pretended and takes every order."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir bench flow",
            "  flexir bench flow --requests 100000 --policy gain --json"
        })
final class BenchFlowCommand implements Callable<Integer> {
    private static final int FEWEST_REQUESTS = 50_000;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "60000",
            description =
                    "Requests of a round, which wait in their topic when it begins (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds that count (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "150000",
            description =
                    "Requests that go before to warm up, at least, in rounds of the same size (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--rate",
            paramLabel = "X",
            defaultValue = "20",
            description = "Requests a second to the idle fleet (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--idle",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "20s",
            description = "How long the idle fleet gets them (default: ${DEFAULT-VALUE}).")
    private Duration idle;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            converter = PolicyConverter.class,
            defaultValue = "load:30",
            description =
                    "gain, slack, load:SECONDS or fixed:POINTER (default: ${DEFAULT-VALUE}, as schedulers have it).")
    private BudgetPolicy policy;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Mixin private BundlesOption bundles;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        FlowSettings settings =
                new FlowSettings(requests, rounds, warmUp, rate, idle, policy, bundles.directory());
        FlowReport report = new FlowBench(settings, this::say).run();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(FlowJson.of(report));
        } else {
            FlowTable.lines(report).forEach(out::println);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private void check() {
        require(
                requests >= FEWEST_REQUESTS && requests <= 10_000_000,
                "--requests must be "
                        + FEWEST_REQUESTS
                        + " to 10000000: with fewer the bare loop ends before it can be timed");
        require(rounds >= 1 && rounds <= 100, "--rounds must be 1 to 100");
        require(warmUp >= 0 && warmUp <= 10_000_000, "--warm-up must be 0 to 10000000");
        require(rate > 0 && rate <= 1000, "--rate must be above 0 and at most 1000");
        require(idle.toMillis() >= 100, "--idle must be at least 100ms");
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private void say(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(what);
        err.flush();
    }
}
