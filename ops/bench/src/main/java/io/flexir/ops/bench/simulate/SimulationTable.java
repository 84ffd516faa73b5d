package io.flexir.ops.bench.simulate;

import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Results as a table: a row for each policy. */
public final class SimulationTable {
    private SimulationTable() {}

    /**
     * @param hourCost what an hour of a worker costs
     */
    public static List<String> lines(List<PolicyResult> results, double hourCost) {
        TextTable table =
                new TextTable(
                        Stream.concat(
                                        Stream.of(new Column("policy", Side.LEFT)),
                                        Stream.of(
                                                        "on time",
                                                        "mean dB",
                                                        "p5 dB",
                                                        "p99 s",
                                                        "mean P",
                                                        "worker-s",
                                                        "busy",
                                                        "worker-s/job",
                                                        "cost")
                                                .map(name -> new Column(name, Side.RIGHT)))
                                .toList());
        results.forEach(result -> table.add(cells(result, hourCost)));
        return table.lines();
    }

    private static List<String> cells(PolicyResult result, double hourCost) {
        double perJob = result.workerSeconds() / result.jobs();
        return List.of(
                result.name(),
                number("%.2f%%", 100 * result.attainment()),
                number("%.3f", result.meanPsnr()),
                number("%.2f", result.p5Psnr()),
                number("%.1f", result.p99Seconds()),
                number("%.2f", result.meanPointer()),
                number("%.0f", result.workerSeconds()),
                number("%.0f%%", 100 * result.utilization()),
                number("%.2f", perJob),
                number("%.2f", result.cost(hourCost)));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
