package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.work.RegionReceipt;
import io.flexir.worker.restore.Restoration.RestoredRegion;
import io.flexir.worker.restore.region.Rect;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;

class RegionReceiptsTest {
    private static final int SIDE = 10;

    @Test
    void as_many_as_a_message_holds_are_told_one_by_one() {
        List<RegionReceipt> told = RegionReceipts.of(regions(80, 50, (_, _) -> 6));

        assertThat(told).hasSize(RegionReceipts.MANY);
        assertThat(told.getFirst()).isEqualTo(new RegionReceipt(0, 0, SIDE, SIDE, 6, 0.5));
    }

    @Test
    void of_more_those_side_by_side_with_the_same_pointer_are_told_as_one() {
        List<RegionReceipt> told =
                RegionReceipts.of(regions(100, 50, (column, _) -> column < 30 ? 2 : 6));

        assertThat(told).hasSize(2 * 50);
        assertThat(told.subList(0, 3))
                .containsExactly(
                        new RegionReceipt(0, 0, 30 * SIDE, SIDE, 2, 0.5),
                        new RegionReceipt(30 * SIDE, 0, 70 * SIDE, SIDE, 6, 0.5),
                        new RegionReceipt(0, SIDE, 30 * SIDE, SIDE, 2, 0.5));
    }

    @Test
    void they_cover_the_image_as_before() {
        int columns = 120;
        List<RestoredRegion> regions =
                regions(columns, 40, (column, row) -> 1 + (column / 7 + row) % 3);

        List<RegionReceipt> told = RegionReceipts.of(regions);

        int[] covered = new int[regions.size()];
        for (RegionReceipt region : told) {
            int first = region.y() / SIDE * columns + region.x() / SIDE;
            for (int cell = first; cell < first + region.width() / SIDE; cell++) {
                assertThat(covered[cell]).isZero();
                covered[cell] = region.pointer();
            }
        }
        assertThat(told).hasSizeLessThan(regions.size());
        assertThat(covered)
                .containsExactly(regions.stream().mapToInt(RestoredRegion::pointer).toArray());
    }

    @Test
    void those_of_other_heights_or_with_a_gap_between_stay_as_they_are() {
        List<RestoredRegion> regions =
                new ArrayList<>(regions(3990, 1, (column, _) -> column % 2 + 1));
        int right = 3990 * SIDE;
        regions.add(region(new Rect(right, 0, SIDE, 2 * SIDE), 2, 0.5));
        regions.add(region(new Rect(right + 2 * SIDE, 0, SIDE, 2 * SIDE), 2, 0.5));
        for (int column = 0; column < 20; column++) {
            regions.add(region(new Rect(column * SIDE, 2 * SIDE, SIDE, SIDE), 3, 0.5));
        }

        assertThat(RegionReceipts.of(regions)).hasSize(3990 + 2 + 1);
    }

    @Test
    void where_too_many_are_left_squares_are_told_by_the_mean_pointer_of_their_pixels() {
        List<RegionReceipt> told =
                RegionReceipts.of(
                        regions(100, 80, (column, row) -> (column + row) % 2 == 0 ? 1 : 5));

        assertThat(told).hasSizeBetween(1, RegionReceipts.MANY);
        assertThat(told).allSatisfy(square -> assertThat(square.pointer()).isBetween(2, 4));
        assertThat(told).extracting(RegionReceipt::score).containsOnlyNulls();
    }

    @Test
    void one_of_several_scores_is_not_told_for_all() {
        List<RestoredRegion> regions = new ArrayList<>(regions(1, 3999, (_, _) -> 2));
        regions.add(region(new Rect(0, 3999 * SIDE, SIDE, SIDE), 4, 0.25));
        regions.add(region(new Rect(SIDE, 3999 * SIDE, SIDE, SIDE), 4, 0.75));

        assertThat(RegionReceipts.of(regions).getLast())
                .isEqualTo(new RegionReceipt(0, 3999 * SIDE, 2 * SIDE, SIDE, 4, null));
    }

    private static List<RestoredRegion> regions(int columns, int rows, IntBinaryOperator pointer) {
        List<RestoredRegion> regions = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                Rect core = new Rect(column * SIDE, row * SIDE, SIDE, SIDE);
                regions.add(region(core, pointer.applyAsInt(column, row), 0.5));
            }
        }
        return regions;
    }

    private static RestoredRegion region(Rect core, int pointer, double score) {
        return new RestoredRegion(0, core, pointer, score);
    }
}
