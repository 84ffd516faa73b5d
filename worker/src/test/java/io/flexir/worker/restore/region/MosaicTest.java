package io.flexir.worker.restore.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.PooledBuffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class MosaicTest {
    private static final Geometry GEOMETRY = new Geometry(16, 32, 64);
    private static final int WIDTH = 301;
    private static final int HEIGHT = 222;

    private final BufferPool pool = new BufferPool(1 << 20);

    @AfterEach
    void close_pool() {
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void regions_that_agree_come_out_as_they_are_whatever_their_order(int scale) {
        RegionPlan plan = RegionPlan.adaptive(WIDTH, HEIGHT, GEOMETRY);
        List<Region> regions = new ArrayList<>(plan.regions());
        Collections.shuffle(regions, new Random(1));
        Plane joined = new Plane(WIDTH * scale, HEIGHT * scale);

        try (Mosaic mosaic = new Mosaic(plan, 1, scale, joined, pool)) {
            regions.forEach(region -> add(mosaic, region, scale, (x, y) -> ramp(x, y, scale)));
        }

        for (int y = 0; y < joined.height; y++) {
            for (int x = 0; x < joined.width; x++) {
                assertThat(joined.at(x, y)).isCloseTo(ramp(x, y, scale), within(1e-6f));
            }
        }
    }

    @Test
    void between_regions_that_differ_no_step_is_larger_than_the_ramp_of_the_cross_fade() {
        RegionPlan plan = RegionPlan.adaptive(WIDTH, HEIGHT, GEOMETRY);
        Plane joined = new Plane(WIDTH, HEIGHT);

        try (Mosaic mosaic = new Mosaic(plan, 1, 1, joined, pool)) {
            plan.regions()
                    .forEach(
                            region ->
                                    add(
                                            mosaic,
                                            region,
                                            1,
                                            (_, _) -> (region.column() + region.row()) % 2));
        }

        float steepest = 1.5f / (2 * plan.columns().reach());
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 1; x < WIDTH; x++) {
                assertThat(Math.abs(joined.at(x, y) - joined.at(x - 1, y)))
                        .isLessThanOrEqualTo(steepest + 1e-5f);
            }
        }
    }

    @Test
    void values_are_clamped_and_what_is_no_number_becomes_black() {
        RegionPlan plan = RegionPlan.regular(16, 16, GEOMETRY, 1 << 20);
        Plane joined = new Plane(16, 16);

        try (Mosaic mosaic = new Mosaic(plan, 1, 1, joined, pool)) {
            add(
                    mosaic,
                    plan.regions().getFirst(),
                    1,
                    (x, _) -> x == 0 ? Float.NaN : x == 1 ? -0.5f : 1.5f);
        }

        assertThat(List.of(joined.at(0, 0), joined.at(1, 0), joined.at(2, 0)))
                .containsExactly(0f, 0f, 1f);
    }

    @Test
    void bands_of_an_unfinished_image_go_back_to_the_pool() {
        RegionPlan plan = RegionPlan.adaptive(WIDTH, HEIGHT, GEOMETRY);
        long idleWithBandsHeld;

        try (Mosaic mosaic = new Mosaic(plan, 1, 1, new Plane(WIDTH, HEIGHT), pool)) {
            add(mosaic, plan.regions().getFirst(), 1, (_, _) -> 1);
            idleWithBandsHeld = pool.idleBytes();
        }

        assertThat(pool.idleBytes()).isGreaterThan(idleWithBandsHeld);
    }

    private static float ramp(int x, int y, int scale) {
        return (x + y) / (float) (scale * 2 * (WIDTH + HEIGHT));
    }

    private void add(Mosaic mosaic, Region region, int scale, Painter painter) {
        Rect tile = region.tile();
        int width = tile.width() * scale;
        int height = tile.height() * scale;
        try (PooledBuffer buffer = pool.lease(width * height)) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    buffer.floats()
                            .put(
                                    y * width + x,
                                    painter.at(tile.x() * scale + x, tile.y() * scale + y));
                }
            }
            mosaic.add(region, buffer.floats());
        }
    }

    private interface Painter {
        float at(int x, int y);
    }

    private static final class Plane implements Mosaic.Output {
        private final int width;
        private final int height;
        private final float[] values;

        Plane(int width, int height) {
            this.width = width;
            this.height = height;
            this.values = new float[width * height];
            Arrays.fill(values, Float.NaN);
        }

        float at(int x, int y) {
            return values[y * width + x];
        }

        @Override
        public void write(int x, int y, int w, int h, FloatBuffer chw) {
            for (int row = 0; row < h; row++) {
                chw.get(row * w, values, (y + row) * width + x, w);
            }
        }
    }
}
