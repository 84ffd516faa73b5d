package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.work.RegionReceipt;
import io.flexir.worker.restore.Restoration.RestoredRegion;
import io.flexir.worker.restore.region.Rect;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.List;

class RegionReceiptsProperties {
    @Property(tries = 40)
    void they_are_never_too_many_and_cover_the_image_although_no_neighbours_are_alike(
            @ForAll @IntRange(min = 1, max = 300) int columns,
            @ForAll @IntRange(min = 1, max = 300) int rows,
            @ForAll @IntRange(min = 1, max = 100) int side) {
        List<RegionReceipt> told = RegionReceipts.of(chequered(columns, rows, side));

        assertThat(told.size()).isBetween(1, RegionReceipts.MANY);
        assertThat(told).extracting(RegionReceipt::pointer).allMatch(p -> p >= 1 && p <= 3);
        assertThat(told.stream().mapToLong(part -> (long) part.width() * part.height()).sum())
                .isEqualTo((long) columns * rows * side * side);
        assertThat(told)
                .allMatch(part -> part.x() + part.width() <= columns * side)
                .allMatch(part -> part.y() + part.height() <= rows * side);
    }

    private static List<RestoredRegion> chequered(int columns, int rows, int side) {
        List<RestoredRegion> regions = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                Rect core = new Rect(column * side, row * side, side, side);
                int pointer = (column + row) % 2 == 0 ? 1 : 3;
                regions.add(new RestoredRegion(regions.size(), core, pointer, null));
            }
        }
        return regions;
    }
}
