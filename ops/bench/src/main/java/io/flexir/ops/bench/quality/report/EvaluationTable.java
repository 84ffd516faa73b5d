package io.flexir.ops.bench.quality.report;

import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.quality.Candidate;
import io.flexir.ops.bench.quality.FixedLine;
import io.flexir.ops.bench.quality.Row;
import io.flexir.ops.bench.quality.measure.Quality;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** Rows as a table for people, in the manner of the literature. */
public final class EvaluationTable {

    private static final double MILLION = 1e6;
    private static final String NOTHING = "-";

    private EvaluationTable() {}

    /**
     * The heading, a rule, the rows. PSNR-B has a column if there is any, and so has what adaptive
     * rows gain over fixed pointers of equal cost.
     */
    public static List<String> lines(List<Row> rows) {
        boolean blocking =
                rows.stream()
                        .map(Row::quality)
                        .filter(Objects::nonNull)
                        .anyMatch(quality -> quality.psnrB() != null);
        boolean adaptive =
                rows.stream().anyMatch(row -> row.candidate() instanceof Candidate.Threshold);
        List<Column> columns = new ArrayList<>(columns(blocking));
        if (adaptive) {
            columns.add(new Column("over line", Side.RIGHT));
        }
        TextTable table = new TextTable(columns);
        for (Row row : rows) {
            List<String> cells = cells(row, blocking);
            if (adaptive) {
                cells.add(gain(row, rows));
            }
            table.add(cells);
        }
        return table.lines();
    }

    private static List<Column> columns(boolean blocking) {
        List<Column> columns = new ArrayList<>();
        for (String heading : List.of("set", "condition", "output")) {
            columns.add(new Column(heading, Side.LEFT));
        }
        for (String heading :
                List.of("images", "mean P", "params", "GMACs", "seconds", "PSNR", "SSIM")) {
            columns.add(new Column(heading, Side.RIGHT));
        }
        if (blocking) {
            columns.add(new Column("PSNR-B", Side.RIGHT));
        }
        return columns;
    }

    private static List<String> cells(Row row, boolean blocking) {
        List<String> cells =
                new ArrayList<>(
                        List.of(
                                row.set(),
                                row.condition().isEmpty() ? NOTHING : row.condition(),
                                row.candidate().label(),
                                Integer.toString(row.images())));
        Cost cost = row.cost();
        cells.add(cost == null ? NOTHING : decimals(2, cost.meanPointer()));
        cells.add(cost == null ? NOTHING : decimals(2, row.params() / MILLION) + "M");
        cells.add(cost == null ? NOTHING : decimals(1, cost.gigaMacs()));
        cells.add(cost == null ? NOTHING : decimals(2, cost.seconds()));
        Quality quality = row.quality();
        cells.add(quality == null ? NOTHING : decimals(2, quality.psnr()));
        cells.add(quality == null ? NOTHING : decimals(4, quality.ssim()));
        if (blocking) {
            Double psnrB = quality == null ? null : quality.psnrB();
            cells.add(psnrB == null ? NOTHING : decimals(2, psnrB));
        }
        return cells;
    }

    private static String gain(Row row, List<Row> rows) {
        OptionalDouble gain = FixedLine.beside(row, rows).gain(row);
        return gain.isPresent() ? String.format(Locale.ROOT, "%+.3f", gain.getAsDouble()) : NOTHING;
    }

    private static String decimals(int count, double value) {
        return Double.isInfinite(value)
                ? "inf"
                : String.format(Locale.ROOT, "%." + count + "f", value);
    }
}
