package io.flexir.ops.local.demo;

import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The demo's report for people. */
public final class DemoTable {

    private static final List<Column> COLUMNS =
            Stream.of("photo", "P", "exits", "GMACs")
                    .map(
                            heading ->
                                    new Column(
                                            heading,
                                            heading.equals("photo") ? Side.LEFT : Side.RIGHT))
                    .collect(Collectors.toCollection(ArrayList::new));

    static {
        Stream.of(
                        "fetch",
                        "decode",
                        "network",
                        "tiles",
                        "encode",
                        "store",
                        "dB noisy",
                        "dB now",
                        "gain")
                .map(heading -> new Column(heading, Side.RIGHT))
                .forEach(COLUMNS::add);
        COLUMNS.add(new Column("result", Side.LEFT));
    }

    private DemoTable() {}

    /** Heading, one line a photo, and a line of totals. */
    public static List<String> lines(DemoReport report) {
        TextTable table = new TextTable(COLUMNS);
        report.photos().forEach(row -> table.add(cells(row)));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(summary(report));
        return lines;
    }

    private static List<String> cells(DemoRow row) {
        Job.Receipt receipt = row.receipt();
        DemoRow.Gain psnr = row.psnr();
        if (receipt == null || psnr == null) {
            List<String> cells = new ArrayList<>(List.of(row.photo()));
            COLUMNS.stream().skip(2).forEach(column -> cells.add("-"));
            cells.add(notRestored(row));
            return cells;
        }
        PhaseSeconds seconds = receipt.seconds();
        return List.of(
                row.photo(),
                pointer(receipt),
                exits(row),
                decimals(1, receipt.gigaMacs()),
                decimals(2, seconds.fetch()),
                decimals(2, seconds.decode()),
                decimals(2, seconds.inference()),
                decimals(2, seconds.tiling()),
                decimals(2, seconds.encode()),
                decimals(2, seconds.store()),
                decimals(2, psnr.noisy()),
                decimals(2, psnr.restored()),
                String.format(Locale.ROOT, "%+.2f", psnr.gain()),
                String.valueOf(row.restored()));
    }

    /** The pointer, or the mean over the regions where they differ. */
    private static String pointer(Job.Receipt receipt) {
        return receipt.meanPointer() == receipt.deepestPointer()
                ? Integer.toString(receipt.deepestPointer())
                : decimals(2, receipt.meanPointer());
    }

    /** Such as {@code 2x5 6x4}: five regions ended at pointer 2, four at 6. */
    private static String exits(DemoRow row) {
        return row.exits().entrySet().stream()
                .map(entry -> entry.getKey() + "x" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String notRestored(DemoRow row) {
        String state = row.state().name().toLowerCase(Locale.ROOT);
        Job.Problem problem = row.problem();
        return problem == null ? state : state + ": " + problem.detail();
    }

    private static String summary(DemoReport report) {
        DemoReport.Totals totals = report.totals();
        return String.format(
                Locale.ROOT,
                "%d of %d restored in %.1f s, %.1f GMACs, %.1f s of work; gain %.2f dB on average, %.2f dB at least",
                totals.restored(),
                report.photos().size(),
                report.wallSeconds(),
                totals.gigaMacs(),
                totals.workerSeconds(),
                totals.meanGain(),
                totals.leastGain());
    }

    private static String decimals(int count, double value) {
        return String.format(Locale.ROOT, "%." + count + "f", value);
    }
}
