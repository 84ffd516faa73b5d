package io.flexir.ops.local.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of plain text: columns as wide as their widest cell, two spaces between. Not thread-safe.
 */
public final class TextTable {

    private static final String GAP = "  ";

    /** On which side of its column a cell stands. */
    public enum Side {
        LEFT,
        RIGHT
    }

    /** A column's heading and side. */
    public record Column(String heading, Side side) {}

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table without rows. */
    public TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
        rows.add(this.columns.stream().map(Column::heading).toList());
    }

    /**
     * Adds a row at the end.
     *
     * @param cells one a column
     */
    public void add(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    /** The heading, a rule, the rows. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row));
        }
        lines.add(1, "-".repeat(lines.stream().mapToInt(String::length).max().orElse(0)));
        return lines;
    }

    private String line(List<String> cells) {
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < cells.size(); column++) {
            padded.add(padded(cells.get(column), column));
        }
        return String.join(GAP, padded).stripTrailing();
    }

    private String padded(String cell, int column) {
        String space = " ".repeat(width(column) - cell.length());
        return switch (columns.get(column).side()) {
            case LEFT -> cell + space;
            case RIGHT -> space + cell;
        };
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
