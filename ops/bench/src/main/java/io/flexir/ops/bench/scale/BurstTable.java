package io.flexir.ops.bench.scale;

import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** A report as a table: a row for each few seconds, and a line about all of it. */
public final class BurstTable {
    private static final int ROWS = 16;

    private BurstTable() {}

    public static List<String> lines(BurstReport report) {
        TextTable table =
                new TextTable(
                        Stream.of(
                                        "seconds",
                                        "queued",
                                        "out",
                                        "floor s",
                                        "full s",
                                        "desired",
                                        "ready",
                                        "draining",
                                        "granted P",
                                        "used P")
                                .map(name -> new Column(name, Side.RIGHT))
                                .toList());
        double step = Math.max(1, Math.ceil(report.timeline().getLast().seconds() / ROWS));
        double from = Double.NEGATIVE_INFINITY;
        double next = 0;
        for (Sample sample : report.timeline()) {
            if (sample.seconds() >= next) {
                table.add(row(sample, report.jobs(), from));
                from = sample.seconds();
                next += step;
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(summary(report.totals()));
        return lines;
    }

    /** Pointers of the jobs that were ordered, and that ended, since the row before. */
    private static List<String> row(Sample sample, List<JobRow> jobs, double from) {
        return List.of(
                number("%.0f", sample.seconds()),
                Integer.toString(sample.queued()),
                Integer.toString(sample.out()),
                number("%.0f", sample.secondsAtFloor()),
                number("%.0f", sample.secondsAtFullDepth()),
                Integer.toString(sample.desired()),
                Integer.toString(sample.ready()),
                Integer.toString(sample.draining()),
                mean(jobs.stream().flatMap(JobRow::grants), from, sample.seconds()),
                mean(jobs.stream().flatMap(JobRow::uses), from, sample.seconds()));
    }

    private static String mean(Stream<JobRow.Dated> pointers, double from, double to) {
        OptionalDouble mean =
                pointers.filter(each -> each.seconds() > from && each.seconds() <= to)
                        .mapToDouble(JobRow.Dated::pointer)
                        .average();
        return mean.isPresent() ? number("%.1f", mean.getAsDouble()) : "-";
    }

    private static String summary(BurstReport.Totals totals) {
        return String.format(
                Locale.ROOT,
                "%d of %d jobs restored, %d with exactly one outcome, %d with exactly one order, in %.1f s; workers %d -> %d -> %d"
                        + " in %.1f s, %d processes started, %d lost; pointer granted %.2f, used %.2f, %d degraded",
                totals.succeeded(),
                totals.submitted(),
                totals.withOneOutcome(),
                totals.withOneOrder(),
                totals.secondsToLastResult(),
                totals.workersAtFirst(),
                totals.workersAtMost(),
                totals.workersAtLast(),
                totals.secondsToAtRest(),
                totals.workersStarted(),
                totals.workersLost(),
                totals.meanGranted(),
                totals.meanUsed(),
                totals.degraded());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
