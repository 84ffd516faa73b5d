package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.region.Rect;
import io.flexir.worker.restore.region.RegionPlan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegularTest {
    private static final long SMALL_TILES = 192 * 192;
    private static final Mode REGULAR = new Mode.Regular();
    private static final int N = ShippedModel.model().manifest().n();

    @ParameterizedTest(name = "pointer {0}")
    @ValueSource(ints = {1, 3, 6})
    void tiles_give_what_the_whole_image_gives_without_a_seam(int pointer) {
        ArrayImage noisy = ArrayImage.noisy("flowers.png", 330, 280, 25);
        ArrayImage tiled = new ArrayImage(330, 280);
        RestoreOrder order = new RestoreOrder(new PointerBudget(pointer, pointer), REGULAR);

        Restoration restoration = ShippedModel.restored(noisy, tiled, order, SMALL_TILES);

        ArrayImage whole = ShippedModel.regular(noisy, pointer, ShippedModel.UNCUT);
        Seams seams = Seams.find(tiled, restoration.regions(), _ -> whole);
        assertThat(restoration.regions()).hasSizeGreaterThan(2);
        assertThat(tiled.meanLevelsFrom(whole)).isLessThan(0.05);
        assertThat(seams.prominence()).isLessThan(0.01);
        assertThat(seams.step()).isLessThan(0.1);
    }

    @Test
    void a_step_of_half_a_level_would_have_been_found() {
        ArrayImage noisy = ArrayImage.noisy("flowers.png", 330, 280, 25);
        ArrayImage stepped = new ArrayImage(330, 280);
        RestoreOrder order = new RestoreOrder(new PointerBudget(N, N), REGULAR);
        Restoration restoration = ShippedModel.restored(noisy, stepped, order, SMALL_TILES);

        Rect raised = restoration.regions().get(1).core();
        for (int y = raised.y(); y < raised.bottom(); y++) {
            for (int x = raised.x(); x < raised.right(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    stepped.set(channel, x, y, stepped.at(channel, x, y) + 0.5f / 255);
                }
            }
        }

        ArrayImage whole = ShippedModel.regular(noisy, N, ShippedModel.UNCUT);
        Seams seams = Seams.find(stepped, restoration.regions(), _ -> whole);
        assertThat(seams.step()).isGreaterThan(0.4);
    }

    @ParameterizedTest(name = "{0}x{1}")
    @CsvSource({"1,1", "7,5", "16,16", "17,33", "100,75", "31,400", "576,576"})
    void every_size_is_restored_in_full(int width, int height) {
        ArrayImage noisy = ArrayImage.noisy("dog.png", width, height, 25);
        ArrayImage sink = new ArrayImage(width, height);
        RestoreOrder order = new RestoreOrder(new PointerBudget(1, 1), REGULAR);

        Restoration restoration = ShippedModel.restored(noisy, sink, order, 640 * 640);

        assertThat(sink.isComplete()).isTrue();
        assertThat(restoration.regions())
                .singleElement()
                .satisfies(
                        region -> {
                            assertThat(region.pointer()).isEqualTo(1);
                            assertThat(region.score()).isNull();
                            assertThat(region.core().pixels()).isEqualTo((long) width * height);
                        });
        assertThat(restoration.degraded()).isFalse();
    }

    @Test
    void an_image_off_the_grid_is_the_top_left_of_its_padded_self() {
        ArrayImage small = ArrayImage.noisy("house.png", 37, 21, 25);
        ArrayImage padded = new ArrayImage(48, 32);
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 48; x++) {
                    padded.set(channel, x, y, small.at(channel, Math.min(x, 36), Math.min(y, 20)));
                }
            }
        }

        ArrayImage restoredSmall = ShippedModel.regular(small, N, ShippedModel.UNCUT);
        ArrayImage restoredPadded = ShippedModel.regular(padded, N, ShippedModel.UNCUT);

        ArrayImage topLeft = new ArrayImage(37, 21);
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < 21; y++) {
                for (int x = 0; x < 37; x++) {
                    topLeft.set(channel, x, y, restoredPadded.at(channel, x, y));
                }
            }
        }
        assertThat(restoredSmall.maxLevelsFrom(topLeft)).isZero();
    }

    @Test
    void every_multiply_add_is_counted_halo_and_padding_included() {
        ArrayImage noisy = ArrayImage.noisy("sunset.png", 300, 100, 25);
        RestoreOrder order = new RestoreOrder(new PointerBudget(2, 2), REGULAR);
        RegionPlan plan = RegionPlan.regular(300, 100, ShippedModel.bundle().geometry(), 36864);

        Restoration restoration =
                ShippedModel.restored(noisy, new ArrayImage(300, 100), order, 36864);

        double fedPixels = plan.regions().size() * (double) plan.tilePixels();
        assertThat(fedPixels).isGreaterThanOrEqualTo(304 * 112);
        assertThat(restoration.gigaMacs())
                .isCloseTo(
                        fedPixels * ShippedModel.model().manifest().macsPerPixel(2) / 1e9,
                        within(1e-9));
        assertThat(restoration.inferenceSeconds()).isPositive();
        assertThat(restoration.tilingSeconds()).isPositive();
    }
}
