package io.flexir.worker.restore.region;

import java.util.ArrayList;
import java.util.List;

/**
 * How an image is cut into regions: a lattice of rows and columns whose tiles all have one shape.
 * The plan speaks of the image padded to the grid by repeating its last row and column; tile
 * contents are slices of that padded image.
 *
 * @param width image width in pixels
 * @param height image height in pixels
 */
public record RegionPlan(int width, int height, Axis columns, Axis rows, List<Region> regions) {
    public RegionPlan {
        regions = List.copyOf(regions);
    }

    /**
     * Memory tiles of regular inference: the cutting that feeds the fewest pixels with no tile
     * above {@code maxTilePixels}.
     *
     * @param geometry grid and halo of the bundle
     * @param maxTilePixels bound on width times height of what is fed at once; at least {@link
     *     Geometry#smallestTilePixels()}
     */
    public static RegionPlan regular(int width, int height, Geometry geometry, long maxTilePixels) {
        TileShape shape = TileShape.cheapest(width, height, geometry, maxTilePixels);
        return lattice(width, height, geometry, shape.width(), shape.height());
    }

    /** Regions of adaptive inference: of the manifest's size, whatever memory allows. */
    public static RegionPlan adaptive(int width, int height, Geometry geometry) {
        int tile = geometry.regionSize() + 2 * geometry.halo();
        return lattice(width, height, geometry, tile, tile);
    }

    private static RegionPlan lattice(
            int width, int height, Geometry geometry, int tileWidth, int tileHeight) {
        Axis columns = Axis.split(width, geometry.grid(), geometry.halo(), tileWidth);
        Axis rows = Axis.split(height, geometry.grid(), geometry.halo(), tileHeight);
        List<Region> regions = new ArrayList<>();
        for (int row = 0; row < rows.spans().size(); row++) {
            for (int column = 0; column < columns.spans().size(); column++) {
                regions.add(
                        region(regions.size(), columns, column, rows, row, geometry.regionSize()));
            }
        }
        return new RegionPlan(width, height, columns, rows, regions);
    }

    private static Region region(
            int index, Axis columns, int column, Axis rows, int row, int scoredSize) {
        Span x = columns.spans().get(column);
        Span y = rows.spans().get(row);
        Rect tile = new Rect(x.tileStart(), y.tileStart(), x.tileLength(), y.tileLength());
        Rect core = core(x, y);
        Rect scored = core(columns.scored(column, scoredSize), rows.scored(row, scoredSize));
        return new Region(index, column, row, tile, core, scored);
    }

    private static Rect core(Span x, Span y) {
        return new Rect(x.coreStart(), y.coreStart(), x.coreLength(), y.coreLength());
    }

    /** Width of a tile, the same for all regions, a multiple of the grid. */
    public int tileWidth() {
        return regions.getFirst().tile().width();
    }

    /** Height of a tile, the same for all regions, a multiple of the grid. */
    public int tileHeight() {
        return regions.getFirst().tile().height();
    }

    /** Pixels fed to the network for one region, halo and padding included. */
    public long tilePixels() {
        return (long) tileWidth() * tileHeight();
    }

    /**
     * Consecutive regions that are in memory together: as many as fit {@code maxTilePixels}, at
     * least one.
     */
    public List<List<Region>> waves(long maxTilePixels) {
        int perWave =
                Math.toIntExact(Math.clamp(maxTilePixels / tilePixels(), 1, Integer.MAX_VALUE));
        List<List<Region>> waves = new ArrayList<>();
        for (int from = 0; from < regions.size(); from += perWave) {
            waves.add(regions.subList(from, Math.min(regions.size(), from + perWave)));
        }
        return waves;
    }

    /** Whether there is more than one region. */
    public boolean isCut() {
        return regions.size() > 1;
    }
}
