package io.flexir.worker.restore.region;

/** Shape of a memory tile, in pixels, multiples of the grid. */
record TileShape(int width, int height) {

    /**
     * The shape that cuts the image with the fewest pixels fed in all, halo included; the fewer
     * tiles of equals.
     */
    static TileShape cheapest(int width, int height, Geometry geometry, long maxTilePixels) {
        if (maxTilePixels < geometry.smallestTilePixels()) {
            throw new IllegalArgumentException(
                    "maxTilePixels must be at least "
                            + geometry.smallestTilePixels()
                            + " with a halo of "
                            + geometry.halo()
                            + ", is "
                            + maxTilePixels);
        }
        int paddedWidth = Axis.padded(width, geometry.grid());
        int paddedHeight = Axis.padded(height, geometry.grid());
        TileShape best = null;
        long bestPixels = Long.MAX_VALUE;
        int mostColumns = Math.max(1, paddedWidth / geometry.grid());
        for (int columns = 1; columns <= mostColumns; columns++) {
            int tileWidth = tileFor(paddedWidth, columns, geometry);
            if (columns > 1 && tileWidth < geometry.smallestTile()) {
                break;
            }
            int rows = rowsThatFit(paddedHeight, maxTilePixels / tileWidth, geometry);
            if (rows > 0) {
                int tileHeight = tileFor(paddedHeight, rows, geometry);
                long pixels = (long) columns * tileWidth * rows * tileHeight;
                if (pixels < bestPixels) {
                    bestPixels = pixels;
                    best = new TileShape(tileWidth, tileHeight);
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException(
                    "no tile of " + maxTilePixels + " pixels for " + width + "x" + height);
        }
        return best;
    }

    /** Shortest tile, on the grid, of which {@code count} cover the axis. */
    private static int tileFor(int padded, int count, Geometry geometry) {
        if (count == 1) {
            return padded;
        }
        int overlaps = (count - 1) * 2 * geometry.halo();
        return Axis.padded(Math.ceilDiv(padded + overlaps, count), geometry.grid());
    }

    /**
     * Fewest rows whose tiles are no higher than {@code maxHeight}; 0 when there is no such
     * cutting.
     */
    private static int rowsThatFit(int padded, long maxHeight, Geometry geometry) {
        if (padded <= maxHeight) {
            return 1;
        }
        long tile = maxHeight - maxHeight % geometry.grid();
        return tile < geometry.smallestTile()
                ? 0
                : Axis.tilesToCover(padded, Math.toIntExact(tile), geometry.halo());
    }
}
