package io.flexir.ops.bench.flow;

import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A report for people: a row for each round, then the latency. */
public final class FlowTable {
    private FlowTable() {}

    public static List<String> lines(FlowReport report) {
        TextTable table =
                new TextTable(
                        Stream.of(
                                        "round",
                                        "orders/s",
                                        "records/s",
                                        "bare/s",
                                        "ratio",
                                        "bytes in",
                                        "bytes out")
                                .map(name -> new Column(name, Side.RIGHT))
                                .toList());
        for (int round = 0; round < report.rounds().size(); round++) {
            table.add(cells(Integer.toString(round + 1), report.rounds().get(round)));
        }
        table.add(cells("median", report.median()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(latency(report));
        return lines;
    }

    private static List<String> cells(String name, Round round) {
        return List.of(
                name,
                number("%.0f", round.ordersPerSecond()),
                number("%.0f", round.recordsPerSecond()),
                number("%.0f", round.barePerSecond()),
                number("%.0f%%", 100 * round.ratio()),
                number("%.0f", round.requestBytes()),
                number("%.0f", round.orderBytes()));
    }

    private static String latency(FlowReport report) {
        Latency latency = report.latency();
        return String.format(
                Locale.ROOT,
                "request to order in an idle fleet, %.0f a second, %d requests: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms",
                report.settings().perSecond(),
                latency.requests(),
                latency.p50Millis(),
                latency.p90Millis(),
                latency.p99Millis(),
                latency.maxMillis());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
