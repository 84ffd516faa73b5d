package io.flexir.ops.bench.speed;

import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Pairs as a table, and what follows from them. */
public final class PairsTable {

    private static final double PERCENT = 100;

    private PairsTable() {}

    public static List<String> lines(List<Measured> measured) {
        TextTable table =
                new TextTable(
                        List.of(
                                new Column("bundle", Side.LEFT),
                                right("size"),
                                right("P"),
                                right("GMACs"),
                                right("images/s"),
                                right("PyTorch"),
                                new Column("its attention", Side.LEFT),
                                right("ratio"),
                                right("GMAC/s"),
                                right("sgemm"),
                                new Column("by", Side.LEFT),
                                right("share")));
        measured.forEach(row -> table.add(cells(row)));
        List<String> lines = new ArrayList<>(table.lines());
        measured.forEach(row -> shallow(row, measured).ifPresent(lines::add));
        measured.forEach(row -> tax(row).ifPresent(lines::add));
        return lines;
    }

    private static Column right(String heading) {
        return new Column(heading, Side.RIGHT);
    }

    private static List<String> cells(Measured row) {
        Pair pair = row.pair();
        return List.of(
                pair.bundle(),
                Integer.toString(pair.size()),
                Integer.toString(pair.pointer()),
                number("%.2f", row.gigaMacs()),
                number("%.2f", pair.imagesPerSecond()),
                number("%.2f", pair.pytorchImagesPerSecond()),
                row.faster().label(),
                number("%.2f", pair.ratio()),
                number("%.1f", pair.gmacsPerSecond()),
                number("%.1f", pair.sgemmGmacsPerSecond()),
                row.product().by(),
                number("%.0f%%", PERCENT * row.shareOfPeak()));
    }

    /** How a shallow run's time stands to its share of the work of the deepest one measured. */
    private static Optional<String> shallow(Measured row, List<Measured> all) {
        return all.stream()
                .filter(deep -> deep.bundle().equals(row.bundle()))
                .filter(deep -> deep.point().size() == row.point().size())
                .filter(deep -> deep.point().pointer() > row.point().pointer())
                .max((a, b) -> Integer.compare(a.point().pointer(), b.point().pointer()))
                .map(deep -> shallow(row, deep));
    }

    private static String shallow(Measured row, Measured deep) {
        double share = row.gigaMacs() / deep.gigaMacs();
        double time = row.engineSeconds() / deep.engineSeconds();
        return String.format(
                Locale.ROOT,
                "%s at %d: P=%d has %.1f%% of the GMACs of P=%d and takes %.1f%% of its time, %.2f times its share",
                row.bundle(),
                row.point().size(),
                row.point().pointer(),
                PERCENT * share,
                deep.point().pointer(),
                PERCENT * time,
                time / share);
    }

    private static Optional<String> tax(Measured row) {
        Double fused = row.fusedSeconds();
        return fused == null
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "%s at %d, P=%d: the engine takes %.1f ms, one fused graph %.1f ms: a tax of %.1f%%",
                                row.bundle(),
                                row.point().size(),
                                row.point().pointer(),
                                1000 * row.engineSeconds(),
                                1000 * fused,
                                PERCENT * (row.engineSeconds() / fused - 1)));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
