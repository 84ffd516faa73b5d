package io.flexir.worker.restore.region;

/**
 * What a bundle says about regions, in input pixels.
 *
 * @param grid multiple of which the fed width and height must be
 * @param halo pixels fed beyond a core on each side, a multiple of the grid
 * @param regionSize width and height that the exit rule's base holds for, a multiple of the grid
 */
public record Geometry(int grid, int halo, int regionSize) {
    public Geometry {
        require(grid >= 1, "grid must be at least 1, is " + grid);
        require(
                halo >= 0 && halo % grid == 0,
                "halo must be a multiple of grid " + grid + ", is " + halo);
        require(
                regionSize >= 2 * grid && regionSize % grid == 0,
                "region size must be a multiple of grid "
                        + grid
                        + " and at least two of it, is "
                        + regionSize);
    }

    /**
     * Smallest length of a tile where an axis is cut: a core of two halos, or of two grid cells if
     * that is more.
     */
    int smallestTile() {
        return 2 * halo + 2 * Math.max(halo, grid);
    }

    /**
     * Smallest bound on tile pixels that every image can be cut to: an axis just too short to be
     * cut is one tile.
     */
    public long smallestTilePixels() {
        long longestUncut = smallestTile() + 2L * Math.max(halo, grid);
        return longestUncut * longestUncut;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
