package io.flexir.worker.estimate;

import java.util.ArrayList;
import java.util.List;

/** A part of an image that is looked at, in pixels. */
record Tile(int x, int y, int width, int height) {
    /** Wide enough that its edge costs little, small enough that many fit the bound. */
    static final int SIDE = 64;

    /** A quarter of a megapixel: the median of so many coefficients is exact to a percent. */
    static final int MOST = 64;

    /** Tiles spread evenly over an image, at most {@link #MOST}; all of it where it is small. */
    static List<Tile> sample(int width, int height) {
        int columns = Math.ceilDiv(width, SIDE);
        int rows = Math.ceilDiv(height, SIDE);
        int taken = Math.clamp(Math.round(Math.sqrt((double) MOST * columns / rows)), 1, columns);
        taken = Math.min(taken, MOST);
        List<Tile> tiles = new ArrayList<>();
        for (int y : starts(height, Math.min(rows, MOST / taken))) {
            for (int x : starts(width, taken)) {
                tiles.add(new Tile(x, y, Math.min(SIDE, width), Math.min(SIDE, height)));
            }
        }
        return tiles;
    }

    /** From the first pixel to the last; in the middle where there is one only. */
    private static int[] starts(int length, int count) {
        int room = Math.max(0, length - SIDE);
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = count == 1 ? room / 2 : (int) ((long) room * i / (count - 1));
        }
        return starts;
    }
}
