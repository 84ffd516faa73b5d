package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import static java.util.stream.Collectors.toMap;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.BundleManifest.Payoff;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.anytime.TimeLimit;
import io.flexir.worker.restore.exit.PayoffRule;
import io.flexir.worker.restore.region.RegionPlan;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class PricedTest {
    private static final BundleManifest MANIFEST = ShippedModel.model().manifest();
    private static final int N = MANIFEST.n();
    private static final int WIDTH = 440;
    private static final int HEIGHT = 250;
    private static final double MIXED = 0.34;
    private static final double UNAFFORDABLE = 100;

    @ParameterizedTest(name = "min {0}")
    @CsvSource({"1", "3"})
    void where_nothing_pays_it_is_regular_inference_to_the_least_pointer(int min) {
        ArrayImage noisy = noisy();

        Restored priced = restore(noisy, new PointerBudget(min, N), UNAFFORDABLE);

        assertThat(priced.image().maxLevelsFrom(regular(noisy, min))).isZero();
        assertThat(priced.restoration().regions())
                .singleElement()
                .satisfies(
                        part -> {
                            assertThat(part.pointer()).isEqualTo(min);
                            assertThat(part.core().pixels()).isEqualTo((long) WIDTH * HEIGHT);
                            assertThat(part.score()).isPositive().isLessThan(UNAFFORDABLE);
                        });
        assertThat(priced.restoration().gigaMacs())
                .isCloseTo(fedPixels() * MANIFEST.macsPerPixel(min) / 1e9, within(1e-9));
    }

    @Test
    void where_depth_costs_nothing_it_is_regular_inference_to_the_target() {
        ArrayImage noisy = noisy();

        Restored priced = restore(noisy, new PointerBudget(1, 4), 0);

        assertThat(priced.image().maxLevelsFrom(regular(noisy, 4))).isZero();
        assertThat(priced.restoration().gigaMacs())
                .isCloseTo(fedPixels() * MANIFEST.macsPerPixel(4) / 1e9, within(1e-9));
        assertThat(priced.restoration().regions())
                .singleElement()
                .satisfies(part -> assertThat(part.score()).isNull());
    }

    @Test
    void between_them_parts_end_at_unequal_depths_that_make_up_the_image() {
        Restored priced = restore(noisy(), new PointerBudget(1, N), MIXED);

        List<Restoration.RestoredRegion> parts = priced.restoration().regions();
        assertThat(parts).extracting(Restoration.RestoredRegion::pointer).contains(2, 3);
        assertThat(parts).extracting(Restoration.RestoredRegion::index).isSorted();
        assertThat(parts.stream().mapToLong(part -> part.core().pixels()).sum())
                .isEqualTo((long) WIDTH * HEIGHT);
        assertThat(priced.image().isComplete()).isTrue();
    }

    @Test
    void parts_are_as_good_as_regular_inference_of_their_depth() {
        ArrayImage noisy = noisy();

        Restored priced = restore(noisy, new PointerBudget(1, N), MIXED);

        double shallow = regular(noisy, 2).psnr(clean());
        double deep = regular(noisy, 3).psnr(clean());
        double share =
                (priced.restoration().gigaMacs() - fedPixels() * MANIFEST.macsPerPixel(2) / 1e9)
                        / (fedPixels()
                                * (MANIFEST.macsPerPixel(3) - MANIFEST.macsPerPixel(2))
                                / 1e9);
        assertThat(share).isBetween(0.1, 0.9);
        assertThat(priced.image().psnr(clean())).isGreaterThan(shallow + share * (deep - shallow));
    }

    @Test
    void a_smaller_price_goes_deeper() {
        ArrayImage noisy = noisy();

        List<Double> costs =
                List.of(1.2, 0.5, 0.4, 0.1).stream()
                        .map(price -> restore(noisy, new PointerBudget(1, N), price))
                        .map(restored -> restored.restoration().gigaMacs())
                        .toList();

        assertThat(costs).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void parts_of_unequal_depth_meet_without_a_seam() {
        ArrayImage noisy = noisy();

        Restored priced = restore(noisy, new PointerBudget(1, N), MIXED);

        List<Restoration.RestoredRegion> parts = priced.restoration().regions();
        Map<Integer, ArrayImage> wholes =
                parts.stream()
                        .map(Restoration.RestoredRegion::pointer)
                        .distinct()
                        .collect(toMap(p -> p, p -> regular(noisy, p)));
        Seams seams = Seams.find(priced.image(), parts, wholes::get);
        assertThat(wholes).hasSizeGreaterThan(1);
        assertThat(seams.prominence()).isLessThan(0.02);
        assertThat(seams.step()).isLessThan(0.1 + seams.cut() / 10);
    }

    @Test
    void an_image_beyond_memory_is_joined_from_tiles() {
        ArrayImage noisy = noisy();
        ArrayImage tiled = new ArrayImage(WIDTH, HEIGHT);
        RestoreOrder order = order(new PointerBudget(1, N), MIXED, null);

        Restoration restoration = ShippedModel.restored(noisy, tiled, order, 192 * 192);

        ArrayImage whole = restore(noisy, new PointerBudget(1, N), MIXED).image();
        assertThat(tiled.isComplete()).isTrue();
        assertThat(restoration.regions().stream().mapToLong(part -> part.core().pixels()).sum())
                .isEqualTo((long) WIDTH * HEIGHT);
        assertThat(tiled.psnr(clean())).isCloseTo(whole.psnr(clean()), within(0.15));
    }

    @ParameterizedTest(name = "{0}x{1}")
    @CsvSource({"1,1", "7,5", "17,33", "100,75", "31,400"})
    void every_size_is_restored_in_full(int width, int height) {
        ArrayImage noisy = ArrayImage.noisy("city.png", width, height, 25);

        Restored priced = restore(noisy, new PointerBudget(1, N), MIXED);

        assertThat(priced.image().isComplete()).isTrue();
    }

    @Test
    void a_deadline_stops_parts_that_were_worth_going_on() {
        ArrayImage noisy = noisy();
        ArrayImage sink = new ArrayImage(WIDTH, HEIGHT);
        TimeLimit over = new TimeLimit(Duration.ofSeconds(-1), Duration.ZERO, OnMiss.DEGRADE);
        RestoreOrder order = order(new PointerBudget(2, N), 0, over);

        Restoration restoration = ShippedModel.restored(noisy, sink, order, 640 * 640);

        assertThat(restoration.degraded()).isTrue();
        assertThat(sink.maxLevelsFrom(regular(noisy, 2))).isZero();
    }

    @Test
    void cells_that_are_larger_than_the_image_take_no_more_memory_than_it() {
        Payoff payoff = Objects.requireNonNull(MANIFEST.payoff());
        Payoff coarse = new Payoff(1 << 16, payoff.energies(), payoff.errors(), payoff.gains());
        ArrayImage noisy = ArrayImage.noisy("city.png", 11_000, 16, 25);
        ArrayImage sink = new ArrayImage(11_000, 16);
        RestoreOrder order =
                new RestoreOrder(
                        new PointerBudget(1, 1), new Mode.Priced(new PayoffRule(1, coarse)));

        ShippedModel.restored(noisy, sink, order, 640 * 640);

        assertThat(sink.isComplete()).isTrue();
    }

    private static double fedPixels() {
        RegionPlan plan =
                RegionPlan.regular(WIDTH, HEIGHT, ShippedModel.bundle().geometry(), 640 * 640);
        return (double) plan.tilePixels();
    }

    private static ArrayImage noisy() {
        return ArrayImage.noisy("city.png", WIDTH, HEIGHT, 25);
    }

    private static ArrayImage clean() {
        return ArrayImage.clean("city.png", WIDTH, HEIGHT);
    }

    private static ArrayImage regular(ArrayImage noisy, int pointer) {
        return ShippedModel.regular(noisy, pointer, ShippedModel.UNCUT);
    }

    private static RestoreOrder order(
            PointerBudget budget, double price, @Nullable TimeLimit limit) {
        PayoffRule rule = new PayoffRule(price, Objects.requireNonNull(MANIFEST.payoff()));
        return new RestoreOrder(budget, new Mode.Priced(rule), limit);
    }

    private static Restored restore(ArrayImage noisy, PointerBudget budget, double price) {
        ArrayImage sink = new ArrayImage(noisy.width(), noisy.height());
        RestoreOrder order = order(budget, price, null);
        return new Restored(sink, ShippedModel.restored(noisy, sink, order, 640 * 640));
    }

    private record Restored(ArrayImage image, Restoration restoration) {}
}
