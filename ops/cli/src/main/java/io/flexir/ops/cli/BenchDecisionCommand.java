package io.flexir.ops.cli;

import io.flexir.ops.bench.simulate.DecisionSpeed;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** Measures what one decision of the scheduler costs. */
@Command(
        name = "decision",
        description = {
            "Times decisions of the policy gain under JMH, before 10,000 busy workers: who is next, how deep it may go,",
            "and what goes with it: it leaves the queue, its order takes the place of one that ended, another job comes."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir bench decision",
            "  flexir bench decision --waiting 1000,100000 --json"
        })
final class BenchDecisionCommand implements Callable<Integer> {
    @Option(
            names = "--waiting",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,10000,100000",
            description = "Jobs that wait (default: ${DEFAULT-VALUE}).")
    private List<Integer> waiting;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "Each of eight iterations decides for so long (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (waiting.stream().anyMatch(jobs -> jobs < 1 || jobs > 10_000_000)) {
            throw wrong("--waiting must be 1 to 10000000, is " + waiting);
        }
        if (!(seconds >= 0.01 && seconds <= 60)) {
            throw wrong("--seconds must be 0.01 to 60, is " + seconds);
        }
        List<DecisionSpeed> measured = DecisionSpeed.measure(waiting, seconds);
        PrintWriter out = spec.commandLine().getOut();
        (json ? List.of(DecisionSpeed.json(measured)) : DecisionSpeed.table(measured))
                .forEach(out::println);
        out.flush();
        return ExitCode.DONE;
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
