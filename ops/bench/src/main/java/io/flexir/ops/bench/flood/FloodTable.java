package io.flexir.ops.bench.flood;

import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report for people. */
public final class FloodTable {
    private FloodTable() {}

    public static List<String> lines(FloodReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d submissions offered, %d sent in %.1f s (%.0f a second), answered in %.1f ms (p50) and %.0f ms (p99)",
                        report.offered(),
                        report.sent(),
                        report.sendSeconds(),
                        report.sent() / report.sendSeconds(),
                        report.p50Millis(),
                        report.p99Millis()));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d accepted; refused with Retry-After (at most %d s): %s; otherwise: %s",
                        report.accepted(),
                        report.longestRetryAfterSeconds(),
                        counts(report.refused()),
                        counts(report.wrong())));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d succeeded, %d lost, %d doubled, %.1f jobs a second; afterwards %s",
                        report.succeeded(),
                        report.lost(),
                        report.doubled(),
                        report.jobsPerSecond(),
                        report.recovered() ? "a new job was taken and done" : "NO job was done"));
        lines.add("");
        TextTable table =
                new TextTable(
                        List.of(
                                new Column("resident memory, MiB", Side.LEFT),
                                new Column("before", Side.RIGHT),
                                new Column("peak", Side.RIGHT),
                                new Column("after", Side.RIGHT)));
        report.memory()
                .forEach(
                        process ->
                                table.add(
                                        List.of(
                                                process.process(),
                                                whole(process.before()),
                                                whole(process.peak()),
                                                whole(process.after()))));
        lines.addAll(table.lines());
        return lines;
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : new TreeMap<>(counts)
                        .entrySet().stream()
                                .map(count -> count.getValue() + " " + count.getKey())
                                .collect(Collectors.joining(", "));
    }

    private static String whole(double megabytes) {
        return Long.toString(Math.round(megabytes));
    }
}
