package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import static java.util.stream.Collectors.toMap;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.exit.Luma;
import io.flexir.worker.restore.exit.Sharpness;
import io.flexir.worker.restore.region.Rect;
import io.flexir.worker.restore.region.Region;
import io.flexir.worker.restore.region.RegionPlan;

import org.junit.jupiter.api.Test;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class AdaptiveTest {
    private static final BundleManifest MANIFEST = ShippedModel.model().manifest();
    private static final int FIRST_EXIT = MANIFEST.exitPoints().getFirst();
    private static final int N = MANIFEST.n();
    private static final PointerBudget ANY = new PointerBudget(1, N);
    private static final long MEMORY = 640 * 640;
    private static final int WIDTH = 440;
    private static final int HEIGHT = 250;

    @Test
    void with_threshold_zero_every_region_stops_at_the_first_exit_point() {
        Restoration restoration = restore(noisy(), ANY, 0).restoration();

        assertThat(restoration.regions())
                .extracting(Restoration.RestoredRegion::pointer)
                .containsOnly(FIRST_EXIT);
        assertThat(restoration.regions())
                .extracting(Restoration.RestoredRegion::score)
                .doesNotContainNull();
        assertThat(restoration.gigaMacs())
                .isCloseTo(fedPixels() * MANIFEST.macsPerPixel(FIRST_EXIT) / 1e9, within(1e-9));
    }

    @Test
    void with_an_unreachable_threshold_every_region_goes_to_the_target_and_pays_for_the_checks() {
        Restoration restoration = restore(noisy(), ANY, 1e9).restoration();

        double checks =
                MANIFEST.exitPoints().stream()
                        .mapToDouble(point -> MANIFEST.branches().get(point - 1).macsPerPixel())
                        .sum();
        assertThat(restoration.regions())
                .extracting(Restoration.RestoredRegion::pointer)
                .containsOnly(N);
        assertThat(restoration.gigaMacs())
                .isCloseTo(fedPixels() * (MANIFEST.macsPerPixel(N) + checks) / 1e9, within(1e-9));
    }

    @Test
    void never_stops_under_min_nor_beyond_the_target() {
        Restoration eager = restore(noisy(), new PointerBudget(FIRST_EXIT + 1, N), 0).restoration();
        Restoration shallow = restore(noisy(), new PointerBudget(1, FIRST_EXIT), 0).restoration();

        assertThat(eager.regions())
                .allSatisfy(region -> assertThat(region.pointer()).isGreaterThan(FIRST_EXIT));
        assertThat(shallow.regions())
                .allSatisfy(
                        region -> {
                            assertThat(region.pointer()).isEqualTo(FIRST_EXIT);
                            assertThat(region.score()).isNull();
                        });
    }

    @Test
    void the_score_is_that_of_the_regions_output_at_its_exit() {
        ArrayImage noisy = noisy();

        Restoration adaptive = restore(noisy, ANY, 0).restoration();

        Region region =
                RegionPlan.adaptive(WIDTH, HEIGHT, ShippedModel.bundle().geometry())
                        .regions()
                        .get(1);
        ArrayImage whole = ShippedModel.regular(noisy, FIRST_EXIT, ShippedModel.UNCUT);
        double recomputed = Sharpness.omega(luma(whole, region.scored())).orElseThrow();
        assertThat(Objects.requireNonNull(adaptive.regions().get(1).score()))
                .isCloseTo(recomputed, within(0.05 * recomputed));
    }

    @Test
    void regions_of_unequal_depth_meet_without_a_seam() {
        ArrayImage noisy = ArrayImage.noisy("city.png", 480, 440, 25);

        Restored adaptive = restore(noisy, ANY, medianThreshold(noisy));

        List<Restoration.RestoredRegion> regions = adaptive.restoration().regions();
        Map<Integer, ArrayImage> wholes =
                regions.stream()
                        .map(Restoration.RestoredRegion::pointer)
                        .distinct()
                        .collect(
                                toMap(
                                        p -> p,
                                        p -> ShippedModel.regular(noisy, p, ShippedModel.UNCUT)));
        Seams seams = Seams.find(adaptive.image(), regions, wholes::get);
        assertThat(wholes).hasSizeGreaterThan(1);
        assertThat(seams.prominence()).isLessThan(0.02);
        assertThat(seams.step()).isLessThan(0.1 + seams.cut() / 10);
    }

    /** A dial at which about half of the regions stop at the first exit point. */
    private static double medianThreshold(ArrayImage noisy) {
        List<Double> scores =
                restore(noisy, ANY, 0).restoration().regions().stream()
                        .map(region -> Objects.requireNonNull(region.score()))
                        .sorted()
                        .toList();
        double between = (scores.get(scores.size() / 2) + scores.get(scores.size() / 2 - 1)) / 2;
        return between / MANIFEST.scoreBase();
    }

    private static ArrayImage noisy() {
        return ArrayImage.noisy("city.png", WIDTH, HEIGHT, 25);
    }

    private static double fedPixels() {
        RegionPlan plan = RegionPlan.adaptive(WIDTH, HEIGHT, ShippedModel.bundle().geometry());
        return plan.regions().size() * (double) plan.tilePixels();
    }

    private static Luma luma(ArrayImage image, Rect core) {
        FloatBuffer chw = FloatBuffer.allocate(Math.toIntExact(3 * core.pixels()));
        image.read(core.x(), core.y(), core.width(), core.height(), chw);
        return Luma.of(chw, 3, core.width(), core.height(), 0, 0, core.width(), core.height());
    }

    private static Restored restore(ArrayImage noisy, PointerBudget budget, double threshold) {
        ArrayImage sink = new ArrayImage(noisy.width(), noisy.height());
        RestoreOrder order = new RestoreOrder(budget, ShippedModel.adaptive(threshold));
        return new Restored(sink, ShippedModel.restored(noisy, sink, order, MEMORY));
    }

    private record Restored(ArrayImage image, Restoration restoration) {}
}
