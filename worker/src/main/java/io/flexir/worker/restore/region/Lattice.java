package io.flexir.worker.restore.region;

/**
 * A tile cut into square cells, row by row from its top left; those at the right and bottom may be
 * smaller.
 *
 * @param width pixels of the tile
 * @param height pixels of the tile
 * @param cell side of a cell in pixels
 */
public record Lattice(int width, int height, int cell) {
    public Lattice {
        if (width < 1 || height < 1 || cell < 1) {
            throw new IllegalArgumentException(
                    "no lattice: " + width + "x" + height + " in cells of " + cell);
        }
    }

    public int columns() {
        return Math.ceilDiv(width, cell);
    }

    public int rows() {
        return Math.ceilDiv(height, cell);
    }

    public int cells() {
        return columns() * rows();
    }

    /** Pixels of the cells from {@code left, top} to {@code right, bottom}, exclusive. */
    public Rect pixels(int left, int top, int right, int bottom) {
        int x = left * cell;
        int y = top * cell;
        return new Rect(
                x, y, Math.min(width, right * cell) - x, Math.min(height, bottom * cell) - y);
    }

    /** Pixels of one cell, counted row by row. */
    public Rect cell(int index) {
        int column = index % columns();
        int row = index / columns();
        return pixels(column, row, column + 1, row + 1);
    }

    /** The whole tile. */
    public Rect whole() {
        return new Rect(0, 0, width, height);
    }
}
