package io.flexir.worker.restore.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RegionPlanTest {
    private static final Geometry GEOMETRY = new Geometry(16, 32, 192);

    @Test
    void a_photo_that_fits_memory_is_one_tile_without_halo() {
        RegionPlan plan = RegionPlan.regular(576, 576, GEOMETRY, 640 * 640);

        assertThat(plan.regions())
                .singleElement()
                .satisfies(
                        region -> {
                            assertThat(region.tile()).isEqualTo(new Rect(0, 0, 576, 576));
                            assertThat(region.core()).isEqualTo(region.tile());
                        });
    }

    @Test
    void a_single_pixel_is_one_grid_cell() {
        RegionPlan plan = RegionPlan.regular(1, 1, GEOMETRY, 640 * 640);

        assertThat(plan.regions())
                .singleElement()
                .satisfies(
                        region -> {
                            assertThat(region.tile()).isEqualTo(new Rect(0, 0, 16, 16));
                            assertThat(region.core()).isEqualTo(new Rect(0, 0, 1, 1));
                        });
    }

    @Test
    void a_large_photo_feeds_at_most_a_quarter_more_pixels_than_it_has() {
        RegionPlan plan = RegionPlan.regular(8660, 5773, GEOMETRY, 640 * 640);

        double fed = plan.regions().size() * (double) plan.tilePixels();

        assertThat(fed / (8660.0 * 5773)).isLessThan(1.25);
    }

    @Test
    void adaptive_regions_do_not_depend_on_memory() {
        RegionPlan plan = RegionPlan.adaptive(576, 576, GEOMETRY);

        assertThat(plan.regions()).hasSize(9);
        assertThat(plan.tileWidth()).isEqualTo(256);
        assertThat(plan.regions().get(4).scored().pixels()).isEqualTo(192 * 192);
    }

    @Test
    void a_bound_that_no_tile_with_halo_can_meet_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegionPlan.regular(5000, 5000, GEOMETRY, 1000))
                .withMessageContaining("maxTilePixels must be at least");
    }
}
