package io.flexir.worker.pipeline;

import io.flexir.contracts.work.RegionReceipt;
import io.flexir.worker.restore.Restoration.RestoredRegion;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where the regions of an image ended, for its receipt. A very large image has more of them than a
 * message holds: then neighbours in a row that ended at the same pointer are told as one, which has
 * a score only if theirs are the same. Where that does not suffice either, squares of the image are
 * told, each by the mean pointer of its pixels. They cover the image as before.
 */
final class RegionReceipts {
    /** The scheduler takes messages of 768 KiB, which hold about twice as many. */
    static final int MANY = 4_000;

    private RegionReceipts() {}

    /**
     * @param regions in row-major order
     */
    static List<RegionReceipt> of(List<RestoredRegion> regions) {
        List<RegionReceipt> each = regions.stream().map(RegionReceipts::receipt).toList();
        if (each.size() <= MANY) {
            return each;
        }
        List<RegionReceipt> joined = joined(each);
        return joined.size() <= MANY ? joined : RegionSquares.of(regions, MANY);
    }

    private static RegionReceipt receipt(RestoredRegion region) {
        return new RegionReceipt(
                region.core().x(),
                region.core().y(),
                region.core().width(),
                region.core().height(),
                region.pointer(),
                region.score());
    }

    private static List<RegionReceipt> joined(List<RegionReceipt> regions) {
        List<RegionReceipt> joined = new ArrayList<>();
        for (RegionReceipt region : regions) {
            boolean goesOn = !joined.isEmpty() && goesOn(joined.getLast(), region);
            joined.add(goesOn ? join(joined.removeLast(), region) : region);
        }
        return joined;
    }

    private static boolean goesOn(RegionReceipt left, RegionReceipt right) {
        return left.y() == right.y()
                && left.height() == right.height()
                && left.x() + left.width() == right.x()
                && left.pointer() == right.pointer();
    }

    private static RegionReceipt join(RegionReceipt left, RegionReceipt right) {
        return new RegionReceipt(
                left.x(),
                left.y(),
                left.width() + right.width(),
                left.height(),
                left.pointer(),
                Objects.equals(left.score(), right.score()) ? left.score() : null);
    }
}
