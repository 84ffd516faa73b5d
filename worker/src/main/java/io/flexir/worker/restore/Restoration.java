package io.flexir.worker.restore;

import io.flexir.worker.restore.region.Rect;
import io.flexir.worker.restore.region.Region;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a restoration did and cost.
 *
 * @param regions in row-major order
 * @param gigaMacs multiply-adds executed, in 10^9: every graph that was run, halo and padding
 *     included
 * @param inferenceSeconds wall seconds within graphs
 * @param tilingSeconds wall seconds around them: reading tiles, scoring, joining, writing
 * @param degraded whether the deadline made a region stop under the pointer that it would have
 *     reached
 */
public record Restoration(
        List<RestoredRegion> regions,
        double gigaMacs,
        double inferenceSeconds,
        double tilingSeconds,
        boolean degraded) {
    public Restoration {
        regions = List.copyOf(regions);
    }

    /**
     * Where one region ended.
     *
     * @param index position in row-major order, from 0
     * @param core the pixels it answers for, in input pixels, without halo; the cores partition the
     *     image
     * @param pointer the last stage that ran for it
     * @param score the last score that was computed to decide its exit, or the payoff that going on
     *     was expected to have; null where there was none to decide
     */
    public record RestoredRegion(int index, Rect core, int pointer, @Nullable Double score) {
        /** The same regions numbered from the top left, row by row. */
        static List<RestoredRegion> inRowOrder(List<RestoredRegion> regions) {
            List<RestoredRegion> sorted =
                    regions.stream()
                            .sorted(
                                    Comparator.<RestoredRegion>comparingInt(part -> part.core.y())
                                            .thenComparingInt(part -> part.core.x()))
                            .toList();
            return IntStream.range(0, sorted.size())
                    .mapToObj(
                            index ->
                                    new RestoredRegion(
                                            index,
                                            sorted.get(index).core,
                                            sorted.get(index).pointer,
                                            sorted.get(index).score))
                    .toList();
        }

        /** This part of a region's tile as a part of the image; empty where it is halo alone. */
        Optional<RestoredRegion> of(Region region) {
            Rect tile = region.tile();
            return new Rect(tile.x() + core.x(), tile.y() + core.y(), core.width(), core.height())
                    .common(region.core())
                    .map(part -> new RestoredRegion(0, part, pointer, score));
        }
    }
}
