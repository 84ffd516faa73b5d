package io.flexir.worker.pipeline;

import io.flexir.contracts.work.RegionReceipt;
import io.flexir.worker.restore.Restoration.RestoredRegion;
import io.flexir.worker.restore.region.Lattice;
import io.flexir.worker.restore.region.Rect;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An image in squares instead of its regions, as large as it takes to be few. Each is told by the
 * mean pointer of its pixels, rounded, and without a score.
 */
final class RegionSquares {
    /** In pixels; doubled until there are not too many. */
    private static final int SMALLEST_SIDE = 64;

    private RegionSquares() {}

    /**
     * @param regions at least one
     * @param most at least one
     */
    static List<RegionReceipt> of(List<RestoredRegion> regions, int most) {
        int width = regions.stream().mapToInt(region -> region.core().right()).max().orElseThrow();
        int height =
                regions.stream().mapToInt(region -> region.core().bottom()).max().orElseThrow();
        Lattice lattice = new Lattice(width, height, SMALLEST_SIDE);
        while (lattice.cells() > most) {
            lattice = new Lattice(width, height, 2 * lattice.cell());
        }
        return told(lattice, regions);
    }

    private static List<RegionReceipt> told(Lattice lattice, List<RestoredRegion> regions) {
        int side = lattice.cell();
        long[] pixels = new long[lattice.cells()];
        long[] pointers = new long[lattice.cells()];
        for (RestoredRegion region : regions) {
            Rect core = region.core();
            for (int row = core.y() / side; row * side < core.bottom(); row++) {
                for (int column = core.x() / side; column * side < core.right(); column++) {
                    int cell = row * lattice.columns() + column;
                    long common = lattice.cell(cell).common(core).map(Rect::pixels).orElse(0L);
                    pixels[cell] += common;
                    pointers[cell] += common * region.pointer();
                }
            }
        }
        return IntStream.range(0, lattice.cells())
                .filter(cell -> pixels[cell] > 0)
                .mapToObj(cell -> receipt(lattice.cell(cell), pointers[cell], pixels[cell]))
                .toList();
    }

    private static RegionReceipt receipt(Rect cell, long pointers, long pixels) {
        int mean = Math.toIntExact((pointers + pixels / 2) / pixels);
        return new RegionReceipt(cell.x(), cell.y(), cell.width(), cell.height(), mean, null);
    }
}
