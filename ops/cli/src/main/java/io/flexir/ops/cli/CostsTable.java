package io.flexir.ops.cli;

import io.flexir.ops.local.client.FleetCosts;
import io.flexir.ops.local.client.FleetCosts.Row;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What images cost, a row a group; then the sum, the time, and what is to be known of it. */
final class CostsTable {
    private CostsTable() {}

    static List<String> lines(FleetCosts costs) {
        String money = costs.prices().currency();
        TextTable table =
                new TextTable(
                        Stream.concat(
                                        Stream.of(new Column(costs.by(), Side.LEFT)),
                                        Stream.of(
                                                        "images",
                                                        "GMACs",
                                                        "worker-s",
                                                        "kJ",
                                                        money,
                                                        "at full depth",
                                                        "saved")
                                                .map(name -> new Column(name, Side.RIGHT)))
                                .toList());
        costs.rows().forEach(row -> table.add(cells(String.valueOf(row.group()), row)));
        if (costs.rows().size() > 1) {
            table.add(cells("all", costs.total()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(costs.from() + " to " + costs.to() + notes(costs));
        return lines;
    }

    private static String notes(FleetCosts costs) {
        String held =
                costs.heldSince().isAfter(costs.from())
                        ? "; nothing is known of what was before " + costs.heldSince()
                        : "";
        String read = costs.complete() ? "" : "; the scheduler still reads past outcomes";
        return energy(costs.total()) + held + read;
    }

    private static String energy(Row total) {
        if (total.joules() <= 0 || total.joulesEstimated() <= 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "; %.0f%% of the energy is an estimate",
                100 * total.joulesEstimated() / total.joules());
    }

    private static List<String> cells(String group, Row row) {
        double full = row.fullDepth().money();
        return List.of(
                group,
                Long.toString(row.images()),
                format("%.1f", row.gigaMacs()),
                format("%.1f", row.seconds()),
                format("%.2f", row.joules() / 1000),
                money(row.money()),
                money(full),
                full > 0 ? format("%.0f%%", 100 * (full - row.money()) / full) : "-");
    }

    /** Small sums have more digits than large ones. */
    private static String money(double amount) {
        return format(Math.abs(amount) < 10 ? "%.5f" : "%.2f", amount);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
