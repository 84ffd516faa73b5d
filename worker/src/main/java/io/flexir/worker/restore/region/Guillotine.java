package io.flexir.worker.restore.region;

import java.util.ArrayList;
import java.util.List;

/**
 * The cheapest way to cut a lattice of cells into blocks, each of which stops or goes on. Cuts are
 * straight from edge to edge of what they cut, so every block is a rectangle; among these ways the
 * one found is exactly the cheapest, by dynamic programming over all rectangles of cells. Of
 * equally cheap ways the one with fewer cuts and less depth is taken.
 */
public final class Guillotine {
    private static final int STOP = 0;
    private static final int GO_ON = 1;
    private static final int FIRST_CUT = 2;

    private final int columns;
    private final int rows;
    private final Costs costs;
    private final double[] least;
    private final int[] choice;

    private Guillotine(int columns, int rows, Costs costs) {
        this.columns = columns;
        this.rows = rows;
        this.costs = costs;
        this.least = new double[stretches(columns) * stretches(rows)];
        this.choice = new int[least.length];
    }

    /** Cuts a lattice of {@code columns} by {@code rows} cells. */
    public static List<Block> cut(int columns, int rows, Costs costs) {
        Guillotine guillotine = new Guillotine(columns, rows, costs);
        for (int width = 1; width <= columns; width++) {
            for (int height = 1; height <= rows; height++) {
                guillotine.decideAll(width, height);
            }
        }
        List<Block> blocks = new ArrayList<>();
        guillotine.collect(0, 0, columns, rows, blocks);
        return blocks;
    }

    private void decideAll(int width, int height) {
        for (int left = 0; left + width <= columns; left++) {
            for (int top = 0; top + height <= rows; top++) {
                decide(left, top, left + width, top + height);
            }
        }
    }

    private void decide(int left, int top, int right, int bottom) {
        double best = costs.stop(left, top, right, bottom);
        int how = STOP;
        double deeper = costs.goOn(left, top, right, bottom);
        if (deeper < best) {
            best = deeper;
            how = GO_ON;
        }
        for (int x = left + 1; x < right; x++) {
            double cut = least[at(left, top, x, bottom)] + least[at(x, top, right, bottom)];
            if (cut < best) {
                best = cut;
                how = FIRST_CUT + x;
            }
        }
        for (int y = top + 1; y < bottom; y++) {
            double cut = least[at(left, top, right, y)] + least[at(left, y, right, bottom)];
            if (cut < best) {
                best = cut;
                how = FIRST_CUT + columns + y;
            }
        }
        int place = at(left, top, right, bottom);
        least[place] = best;
        choice[place] = how;
    }

    private void collect(int left, int top, int right, int bottom, List<Block> into) {
        int how = choice[at(left, top, right, bottom)];
        if (how == STOP || how == GO_ON) {
            into.add(new Block(left, top, right, bottom, how == GO_ON));
        } else if (how < FIRST_CUT + columns) {
            int x = how - FIRST_CUT;
            collect(left, top, x, bottom, into);
            collect(x, top, right, bottom, into);
        } else {
            int y = how - FIRST_CUT - columns;
            collect(left, top, right, y, into);
            collect(left, y, right, bottom, into);
        }
    }

    private int at(int left, int top, int right, int bottom) {
        return stretch(left, right) * stretches(rows) + stretch(top, bottom);
    }

    /** Number of a stretch of cells among all stretches of an axis. */
    private static int stretch(int start, int end) {
        return end * (end - 1) / 2 + start;
    }

    private static int stretches(int length) {
        return Math.multiplyExact(length, length + 1) / 2;
    }

    /**
     * What blocks cost, either way; infinite where a block must not be dealt with that way. Every
     * single cell must be allowed one of them.
     */
    public interface Costs {
        /** The cells from {@code left, top} to {@code right, bottom}, exclusive, stop. */
        double stop(int left, int top, int right, int bottom);

        /** They go on. */
        double goOn(int left, int top, int right, int bottom);
    }

    /**
     * Cells from {@code left, top} to {@code right, bottom}, exclusive, and what becomes of them.
     */
    public record Block(int left, int top, int right, int bottom, boolean goesOn) {}
}
