package io.flexir.ops.bench.twin;

import io.flexir.ops.bench.simulate.PolicyResult;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Comparisons as people read them: what was measured, and four rows a policy. */
public final class TwinTable {
    private TwinTable() {}

    public static List<String> lines(List<Comparison> comparisons) {
        TextTable table =
                new TextTable(
                        Stream.of("policy", "", "load", "on time", "mean dB", "p99 s", "mean P")
                                .map(TwinTable::column)
                                .toList());
        List<String> lines = new ArrayList<>();
        for (Comparison compared : comparisons) {
            lines.add(measured(compared));
            table.add(cells(compared, "foretold", compared.foretold()));
            table.add(cells(compared, "predicted", compared.predicted()));
            table.add(cells(compared, "replayed", compared.replayed()));
            table.add(cells(compared, "observed", compared.observed()));
        }
        lines.add("");
        lines.addAll(table.lines());
        return lines;
    }

    private static Column column(String name) {
        return new Column(name, name.equals("policy") || name.isEmpty() ? Side.LEFT : Side.RIGHT);
    }

    private static String measured(Comparison compared) {
        Calibration calibration = compared.calibration();
        return String.format(
                Locale.ROOT,
                "%s: a job took %.0f ms and its GMACs at %.1f GMAC/s (standard deviation %.0f%%), its outcome %.0f ms more; by receipts %.2f times the middle of before and after",
                compared.policy(),
                1000 * calibration.service().overheadSeconds(),
                calibration.service().gigaMacsPerSecond(),
                100 * calibration.spread(),
                1000 * calibration.reportSeconds(),
                compared.pace());
    }

    private static List<String> cells(Comparison compared, String side, PolicyResult result) {
        return List.of(
                compared.policy(),
                side,
                number("%.2f", compared.load()),
                number("%.1f%%", 100 * result.attainment()),
                number("%.3f", result.meanPsnr()),
                number("%.2f", result.p99Seconds()),
                number("%.2f", result.meanPointer()));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
