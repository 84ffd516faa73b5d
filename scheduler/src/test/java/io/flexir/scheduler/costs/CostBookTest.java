package io.flexir.scheduler.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.scheduler.bundles.Manifests;
import io.flexir.scheduler.costs.CostReport.By;

import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class CostBookTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final PriceList PRICES =
            new PriceList("EUR", Map.of("cpu", 3600.0, "*", 7200.0), 10, 3.6e6);

    /** A run to P costs (P + 2) graphs. */
    private static final Map<String, BundleManifest> MODELS =
            Map.of(
                    "deep", Manifests.manifest("deep", 6),
                    "flat", Manifests.manifest("flat", 2, new Task.Jpeg(10, 40)));

    private final CostBook book = book(1000);

    @Test
    void a_regular_run_says_what_every_depth_would_have_cost() {
        book.add(Receipts.regular("a", "deep", 2, 4, NOON));

        CostSum total = report(By.TASK, null).total();

        assertThat(total.images()).isEqualTo(1);
        assertThat(total.used().use()).isEqualTo(new Use(4, 3, 30));
        assertThat(total.fixed().stream().map(at -> at.use().gigaMacs()))
                .containsExactly(3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
        Use full = total.fullDepth().use();
        assertThat(full.seconds()).as("the network takes twice as long").isEqualTo(5, EXACTLY);
        assertThat(full.joules()).isEqualTo(50, EXACTLY);
    }

    @Test
    void money_is_what_the_price_list_says_of_seconds_multiply_adds_and_energy() {
        book.add(Receipts.regular("a", "deep", 2, 4, NOON));

        CostSum total = report(By.TASK, null).total();

        assertThat(total.used().money()).isEqualTo(3 + 4 * 10 + 30, EXACTLY);
        assertThat(total.fullDepth().money()).isEqualTo(5 + 8 * 10 + 50, EXACTLY);
        assertThat(PRICES.money("cuda", new Use(0, 3, 0))).isEqualTo(6, EXACTLY);
    }

    @Test
    void an_adaptive_image_is_held_against_its_padded_pixels() {
        RegionReceipt shallow = new RegionReceipt(0, 0, 50, 50, 2, 0.5);
        RegionReceipt deep = new RegionReceipt(50, 0, 50, 50, 6, 1.5);
        Energy estimate = new Energy(30, "estimate:12.0W-per-busy-thread");
        book.add(
                Receipts.restored(
                        "a",
                        Receipts.receipt(
                                "deep",
                                new Inference.Adaptive(1.05),
                                List.of(shallow, deep),
                                0.05,
                                estimate),
                        NOON));

        CostReport report = report(By.POINTER, null);

        // 112 x 64 pixels on the grid of 16, and 8 graphs.
        assertThat(report.total().fullDepth().use().gigaMacs())
                .isEqualTo(112 * 64 * 8 * Manifests.GRAPH_MACS / 1e9, EXACTLY);
        assertThat(report.rows()).containsOnlyKeys("4");
        assertThat(report.total().estimatedJoules()).isEqualTo(30);
    }

    @Test
    void rows_are_by_tenant_task_or_pointer_and_add_up_to_the_total() {
        book.add(Receipts.regular("a", "deep", 2, 4, NOON));
        book.add(Receipts.regular("a", "flat", 2, 4, NOON));
        book.add(Receipts.regular("b", "deep", 6, 8, NOON));

        assertThat(report(By.TENANT, null).rows()).containsOnlyKeys("a", "b");
        assertThat(report(By.TASK, null).rows()).containsOnlyKeys("denoise", "jpeg");
        assertThat(report(By.POINTER, null).rows()).containsOnlyKeys("2", "6");
        CostReport own = report(By.TASK, new TenantId("a"));
        assertThat(own.total().images()).isEqualTo(2);
        // A model of two stages is at its end at pointer 2.
        assertThat(own.total().fullDepth().use().gigaMacs()).isEqualTo(8 + 4, EXACTLY);
        assertThat(own.rows().values().stream().mapToDouble(row -> row.used().money()).sum())
                .isEqualTo(own.total().used().money(), EXACTLY);
    }

    @Test
    void an_image_of_a_model_that_is_gone_counts_as_what_it_cost() {
        book.add(Receipts.regular("a", "gone", 2, 4, NOON));

        CostReport report = report(By.TASK, null);

        assertThat(report.rows()).containsOnlyKeys("unknown");
        assertThat(report.total().fullDepth()).isEqualTo(report.total().used());
    }

    @Test
    void what_has_no_receipt_costs_nothing_that_is_known() {
        book.add(new Outcome.Cancelled(new JobId("j"), new TenantId("a"), NOON));

        assertThat(report(By.TASK, null).total()).isEqualTo(CostSum.NOTHING);
    }

    @Test
    void the_time_is_widened_to_quarters_of_an_hour() {
        book.add(Receipts.regular("a", "deep", 2, 4, NOON.minusSeconds(1)));
        book.add(Receipts.regular("a", "deep", 2, 4, NOON.plusSeconds(899)));
        book.add(Receipts.regular("a", "deep", 2, 4, NOON.plusSeconds(900)));

        CostReport report =
                book.report(
                        new CostReport.Query(
                                NOON.plusSeconds(300), NOON.plusSeconds(301), By.TASK, null),
                        NOON);

        assertThat(report.from()).isEqualTo(NOON);
        assertThat(report.to()).isEqualTo(NOON.plusSeconds(900));
        assertThat(report.total().images()).isEqualTo(1);
    }

    @Test
    void what_is_older_than_a_week_goes() {
        book.add(Receipts.regular("a", "deep", 2, 4, NOON.minus(Duration.ofDays(7))));
        book.add(Receipts.regular("a", "deep", 2, 4, NOON.minus(Duration.ofDays(8))));

        book.sweep(NOON);

        CostReport report = report(By.TASK, null);
        assertThat(report.total().images()).isEqualTo(1);
        assertThat(report.heldSince()).isEqualTo(NOON.minus(Duration.ofDays(7)));
    }

    @Test
    void past_its_bound_the_oldest_goes_and_the_report_says_so() {
        CostBook small = book(2);
        small.add(Receipts.regular("a", "deep", 2, 4, NOON.minusSeconds(1)));
        small.add(Receipts.regular("b", "deep", 2, 4, NOON));

        small.add(Receipts.regular("c", "deep", 2, 4, NOON));
        small.add(Receipts.regular("a", "deep", 2, 4, NOON.minusSeconds(1)));

        CostReport report = report(small, By.TENANT, null);
        assertThat(report.rows()).containsOnlyKeys("b", "c");
        assertThat(report.heldSince()).isEqualTo(NOON);
    }

    private CostReport report(By by, @Nullable TenantId tenant) {
        return report(book, by, tenant);
    }

    private static CostReport report(CostBook book, By by, @Nullable TenantId tenant) {
        Instant from = NOON.minus(Duration.ofDays(30));
        return book.report(new CostReport.Query(from, NOON.plusSeconds(3600), by, tenant), NOON);
    }

    private static CostBook book(int maxSums) {
        return new CostBook(name -> Optional.ofNullable(MODELS.get(name)), PRICES, maxSums);
    }
}
