package io.flexir.ops.bench.simulate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.util.List;
import java.util.Locale;

/**
 * What a decision costs, under JMH.
 *
 * @param waiting jobs in the queue
 * @param slots of the fleet, all of them busy
 * @param micros of one decision with all that goes with it, on average
 * @param errorMicros half the width of its 99.9% confidence interval
 */
public record DecisionSpeed(int waiting, int slots, double micros, double errorMicros) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 5;

    /** Measures with so many jobs waiting, each in a process of its own. */
    public static List<DecisionSpeed> measure(List<Integer> waiting, double iterationSeconds) {
        TimeValue time = TimeValue.milliseconds(Math.round(1000 * iterationSeconds));
        String[] sizes = waiting.stream().map(String::valueOf).toArray(String[]::new);
        try {
            return new Runner(
                            new OptionsBuilder()
                                    .include(DecisionBenchmark.class.getName())
                                    .param("waiting", sizes)
                                    .forks(1)
                                    .warmupIterations(WARM_UPS)
                                    .warmupTime(time)
                                    .measurementIterations(ITERATIONS)
                                    .measurementTime(time)
                                    .verbosity(VerboseMode.SILENT)
                                    .shouldFailOnError(true)
                                    .build())
                    .run().stream().map(DecisionSpeed::of).toList();
        } catch (RunnerException e) {
            throw new CannotStart("JMH cannot measure: " + e.getMessage(), e);
        }
    }

    private static DecisionSpeed of(RunResult run) {
        return new DecisionSpeed(
                Integer.parseInt(run.getParams().getParam("waiting")),
                DecisionBenchmark.SLOTS,
                run.getPrimaryResult().getScore(),
                run.getPrimaryResult().getScoreError());
    }

    public static List<String> table(List<DecisionSpeed> measured) {
        TextTable table =
                new TextTable(
                        List.of(
                                new Column("waiting", Side.RIGHT),
                                new Column("workers", Side.RIGHT),
                                new Column("us/decision", Side.RIGHT),
                                new Column("+-99.9%", Side.RIGHT)));
        measured.forEach(
                speed ->
                        table.add(
                                List.of(
                                        Integer.toString(speed.waiting),
                                        Integer.toString(speed.slots),
                                        String.format(Locale.ROOT, "%.2f", speed.micros),
                                        String.format(Locale.ROOT, "%.2f", speed.errorMicros))));
        return table.lines();
    }

    /** {@code {"decisions": [...]}}, on one line. */
    public static String json(List<DecisionSpeed> measured) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode decisions = root.putArray("decisions");
        for (DecisionSpeed speed : measured) {
            decisions
                    .addObject()
                    .put("waiting", speed.waiting)
                    .put("workers", speed.slots)
                    .put("micros", speed.micros)
                    .put("errorMicros", speed.errorMicros);
        }
        return root.toString();
    }
}
