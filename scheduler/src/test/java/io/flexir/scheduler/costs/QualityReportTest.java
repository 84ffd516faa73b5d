package io.flexir.scheduler.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.costs.QualityReport.AtThreshold;
import io.flexir.scheduler.costs.QualityReport.Model;
import io.flexir.scheduler.costs.QualityReport.Reference;
import io.flexir.scheduler.costs.QualityReport.Sample;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class QualityReportTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final Instant FROM = Instant.parse("2026-01-01T11:00:00Z");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final PriceList PRICES = new PriceList("EUR", Map.of("*", 3600.0), 0, 0);

    /** Calibrated at 28.0, 29.0, 29.5, 29.8, 30.0 and 30.1 dB. */
    private static final BundleManifest MODEL = Samples.catalog().models().getFirst().manifest();

    @Test
    void traffic_is_what_was_restored_in_the_time_at_its_real_cost_and_calibrated_worth() {
        Model model = report(regular(2, 4, NOON), regular(4, 6, NOON.minusSeconds(10)));

        assertThat(model.traffic().images()).isEqualTo(2);
        assertThat(model.traffic().megapixels()).isEqualTo(0.01, EXACTLY);
        assertThat(model.traffic().used().use()).isEqualTo(new Use(10, 6, 60));
        assertThat(model.traffic().used().money()).isEqualTo(6, EXACTLY);
        assertThat(model.traffic().meanPointer()).isEqualTo(3, EXACTLY);
        assertThat(model.traffic().expectedPsnr()).isEqualTo((29.0 + 29.8) / 2, EXACTLY);
    }

    @Test
    void each_pointer_has_its_calibration_and_what_the_traffic_would_have_cost_there() {
        Model model = report(regular(2, 4, NOON));

        assertThat(model.fixed()).hasSize(6);
        assertThat(model.fixed().get(3).psnr()).isEqualTo(29.8);
        double ratio = MODEL.macsPerPixel(4) / MODEL.macsPerPixel(2);
        Use use = model.fixed().get(3).cost().use();
        assertThat(use.gigaMacs()).isEqualTo(4 * ratio, EXACTLY);
        assertThat(use.seconds()).as("2 of 3 s are network").isEqualTo(1 + 2 * ratio, EXACTLY);
        assertThat(model.fixed().get(3).cost().money()).isEqualTo(use.seconds(), EXACTLY);
    }

    @Test
    void an_image_is_worth_what_its_areas_are() {
        Model model = report(adaptive(1.05, NOON, null));

        // A quarter ended at 2, the rest at 6.
        assertThat(model.traffic().expectedPsnr()).isEqualTo(0.25 * 29.0 + 0.75 * 30.1, EXACTLY);
        assertThat(model.traffic().meanPointer()).isEqualTo(0.25 * 2 + 0.75 * 6, EXACTLY);
    }

    @Test
    void thresholds_are_told_apart_and_held_against_full_depth() {
        Model model =
                report(
                        adaptive(1.05, NOON, null),
                        adaptive(1.0, NOON, null),
                        adaptive(1.05, NOON, 31.0),
                        regular(6, 8, NOON));

        assertThat(model.adaptive())
                .extracting(AtThreshold::rule, AtThreshold::threshold)
                .containsExactly(
                        tuple(AdaptiveRule.SHARPNESS, 1.0), tuple(AdaptiveRule.SHARPNESS, 1.05));
        AtThreshold dial = model.adaptive().getLast();
        assertThat(dial.traffic().images()).isEqualTo(2);
        assertThat(dial.traffic().used().use().gigaMacs()).isEqualTo(0.1, EXACTLY);
        assertThat(dial.fullDepth().use().gigaMacs())
                .isEqualTo(2 * 112 * 64 * MODEL.macsPerPixel(6) / 1e9, EXACTLY);
        assertThat(dial.reference()).isEqualTo(new Reference(1, 31.0));
    }

    @Test
    void what_is_older_is_no_traffic_but_still_tells_of_thresholds_and_references() {
        Instant before = FROM.minusSeconds(1);
        Model model =
                report(
                        new Sample(regular(3, 4, before).end(), 29.25),
                        new Sample(regular(3, 4, before).end(), 29.75),
                        adaptive(1.05, before, null));

        assertThat(model.traffic().images()).isZero();
        assertThat(model.traffic().expectedPsnr()).isZero();
        assertThat(model.fixed().get(5).cost()).isEqualTo(Priced.NOTHING);
        assertThat(model.fixed().get(2).reference()).isEqualTo(new Reference(2, 29.5));
        assertThat(model.fixed().get(1).reference()).isNull();
        assertThat(model.adaptive()).hasSize(1);
    }

    @Test
    void a_model_that_is_there_no_longer_is_left_out() {
        Sample other = new Sample(Receipts.regular("a", "gone", 2, 4, NOON), null);

        assertThat(report(other).traffic().images()).isZero();
    }

    private static Model report(Sample... samples) {
        QualityReport report =
                QualityReport.of(Stream.of(samples), List.of(MODEL), PRICES, FROM, NOON);
        assertThat(report.models()).hasSize(1);
        return report.models().getFirst();
    }

    private static Sample regular(int pointer, double gigaMacs, Instant at) {
        return new Sample(Receipts.regular("a", Samples.MODEL, pointer, gigaMacs, at), null);
    }

    private static Sample adaptive(double threshold, Instant at, Double psnr) {
        Outcome.Restored end =
                Receipts.restored(
                        "a",
                        Receipts.receipt(
                                Samples.MODEL,
                                new Inference.Adaptive(threshold),
                                List.of(
                                        new RegionReceipt(0, 0, 25, 50, 2, 1.5),
                                        new RegionReceipt(25, 0, 75, 50, 6, 0.5)),
                                0.05,
                                new Energy(30, "rapl")),
                        at);
        return new Sample(end, psnr);
    }
}
