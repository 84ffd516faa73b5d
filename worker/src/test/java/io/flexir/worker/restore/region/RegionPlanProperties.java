package io.flexir.worker.restore.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.Arrays;
import java.util.List;

class RegionPlanProperties {
    @Property(tries = 200)
    void cores_partition_the_image(@ForAll("plans") Cut cut) {
        int[][] owners = new int[cut.plan().height()][cut.plan().width()];

        for (Region region : cut.plan().regions()) {
            Rect core = region.core();
            for (int y = core.y(); y < core.bottom(); y++) {
                for (int x = core.x(); x < core.right(); x++) {
                    owners[y][x]++;
                }
            }
        }

        assertThat(Arrays.stream(owners).flatMapToInt(Arrays::stream).allMatch(count -> count == 1))
                .isTrue();
    }

    @Property(tries = 200)
    void every_tile_has_one_shape_on_the_grid_within_the_padded_image(@ForAll("plans") Cut cut) {
        int grid = cut.geometry().grid();
        Rect padded =
                new Rect(
                        0,
                        0,
                        Axis.padded(cut.plan().width(), grid),
                        Axis.padded(cut.plan().height(), grid));

        for (Region region : cut.plan().regions()) {
            Rect tile = region.tile();
            assertThat(
                            List.of(
                                    tile.x() % grid,
                                    tile.y() % grid,
                                    tile.width() % grid,
                                    tile.height() % grid))
                    .containsOnly(0);
            assertThat(tile.width()).isEqualTo(cut.plan().tileWidth());
            assertThat(tile.height()).isEqualTo(cut.plan().tileHeight());
            assertThat(padded.contains(tile)).isTrue();
        }
    }

    @Property(tries = 200)
    void a_tile_reaches_a_halo_past_its_core_except_where_the_image_ends(@ForAll("plans") Cut cut) {
        int halo = cut.geometry().halo();

        for (Region region : cut.plan().regions()) {
            Rect tile = region.tile();
            Rect core = region.core();
            assertThat(tile.x()).isLessThanOrEqualTo(Math.max(0, core.x() - halo));
            assertThat(tile.y()).isLessThanOrEqualTo(Math.max(0, core.y() - halo));
            assertThat(tile.right())
                    .isGreaterThanOrEqualTo(Math.min(cut.plan().width(), core.right() + halo));
            assertThat(tile.bottom())
                    .isGreaterThanOrEqualTo(Math.min(cut.plan().height(), core.bottom() + halo));
        }
    }

    @Property(tries = 200)
    void weights_sum_to_one_at_every_pixel(@ForAll("plans") Cut cut) {
        for (Axis axis : List.of(cut.plan().columns(), cut.plan().rows())) {
            for (int position = 0; position < axis.length() * 2; position++) {
                float sum = 0;
                for (int span = 0; span < axis.spans().size(); span++) {
                    float weight = axis.weight(span, position, 2);
                    assertThat(weight).isBetween(0f, 1f);
                    sum += weight;
                }
                assertThat(sum).isCloseTo(1, within(1e-6f));
            }
        }
    }

    @Property(tries = 200)
    void segments_cover_the_axis_and_name_exactly_the_spans_that_have_weight(
            @ForAll("plans") Cut cut) {
        for (Axis axis : List.of(cut.plan().columns(), cut.plan().rows())) {
            int next = 0;
            for (Segment segment : axis.segments()) {
                assertThat(segment.start()).isEqualTo(next);
                next = segment.end();
                for (int span = 0; span < axis.spans().size(); span++) {
                    boolean weighs = axis.weight(span, segment.start(), 1) > 0;
                    assertThat(segment.touches(span)).isEqualTo(weighs);
                }
            }
            assertThat(next).isEqualTo(axis.length());
        }
    }

    @Property(tries = 200)
    void what_is_scored_holds_the_core_and_has_the_regions_size_where_the_image_allows(
            @ForAll("adaptive") Cut cut) {
        int size = cut.geometry().regionSize();

        for (Region region : cut.plan().regions()) {
            assertThat(region.scored().contains(region.core())).isTrue();
            assertThat(region.tile().contains(region.scored())).isTrue();
            assertThat(region.scored().width())
                    .isGreaterThanOrEqualTo(
                            Math.min(size, cut.plan().width()) - cut.geometry().grid());
            assertThat(region.scored().right()).isLessThanOrEqualTo(cut.plan().width());
            assertThat(region.scored().bottom()).isLessThanOrEqualTo(cut.plan().height());
        }
    }

    @Property(tries = 200)
    void no_memory_tile_exceeds_the_bound(@ForAll("regular") Cut cut) {
        assertThat(cut.plan().tilePixels()).isLessThanOrEqualTo(cut.maxTilePixels());
    }

    @Property(tries = 200)
    void waves_hold_every_region_once_in_order(@ForAll("plans") Cut cut) {
        List<Region> inWaves =
                cut.plan().waves(cut.maxTilePixels()).stream().flatMap(List::stream).toList();

        assertThat(inWaves).isEqualTo(cut.plan().regions());
    }

    @Provide
    Arbitrary<Cut> plans() {
        return Arbitraries.oneOf(regular(), adaptive());
    }

    @Provide
    Arbitrary<Cut> regular() {
        return Combinators.combine(
                        lengths(), lengths(), geometries(), Arbitraries.longs().between(0, 200_000))
                .as(
                        (width, height, geometry, extra) -> {
                            long bound = geometry.smallestTilePixels() + extra;
                            return new Cut(
                                    geometry,
                                    bound,
                                    RegionPlan.regular(width, height, geometry, bound));
                        });
    }

    @Provide
    Arbitrary<Cut> adaptive() {
        return Combinators.combine(lengths(), lengths(), geometries())
                .as(
                        (width, height, geometry) ->
                                new Cut(
                                        geometry,
                                        300_000,
                                        RegionPlan.adaptive(width, height, geometry)));
    }

    private static Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(1, 900);
    }

    private static Arbitrary<Geometry> geometries() {
        return Combinators.combine(
                        Arbitraries.of(8, 14, 16),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(2, 14))
                .as((grid, halo, size) -> new Geometry(grid, halo * grid, size * grid));
    }

    record Cut(Geometry geometry, long maxTilePixels, RegionPlan plan) {}
}
