package io.flexir.scheduler.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.dispatch.DecisionEvents;
import io.flexir.scheduler.load.FleetWatch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class SchedulerMetricsTest {
    private final SchedulerMetrics metrics = new SchedulerMetrics();

    @Test
    void what_happens_to_jobs_is_counted_by_kind_and_reason() {
        JobId id = new JobId("a");
        TenantId tenant = new TenantId("t");
        Failure lost = new Failure(Failure.Reason.WORKER_LOST, "gone");
        Duration took = Duration.ofSeconds(3);

        metrics.orderSent("cpu", new PointerBudget(1, 4), 2);
        metrics.jobEnded(new Outcome.Failed(id, tenant, Samples.START, lost), took);
        metrics.jobEnded(
                new Outcome.Restored(id, tenant, Samples.START, Samples.receipt("a"), true, true),
                took);

        assertThat(metrics.scrape())
                .contains("flexir_orders_total{pool=\"cpu\",} 1.0")
                .contains("flexir_orders_repeated_total{pool=\"cpu\",} 1.0")
                .contains("flexir_pointers_granted_total{pointer=\"4\",} 1.0")
                .contains("flexir_outcomes_total{outcome=\"failed\",reason=\"worker-lost\",} 1.0")
                .contains("flexir_outcomes_total{outcome=\"restored\",reason=\"none\",} 1.0")
                .contains("flexir_outcomes_late_total 1.0")
                .contains("flexir_outcomes_degraded_total 1.0")
                .contains("flexir_job_seconds_count 2.0");
    }

    @Test
    void a_deadline_beyond_all_reason_is_counted_as_any_other() {
        metrics.slackAtDispatch(Duration.between(Instant.MIN, Instant.MAX));
        metrics.slackAtDispatch(Duration.between(Instant.MAX, Instant.MIN));

        assertThat(metrics.scrape()).contains("flexir_deadline_slack_seconds_count 2.0");
    }

    @Test
    void what_is_decided_by_is_exported() {
        metrics.policyChanged(new BudgetPolicy.Load(20), DecisionEvents.Cause.ASKED);
        metrics.level(4);
        metrics.levelMoved(5, 4);
        metrics.price(0.5);
        metrics.workerChanged(FleetWatch.Kind.SILENT);

        assertThat(metrics.scrape())
                .contains("flexir_policy{kind=\"load\",} 1.0")
                .contains("flexir_policy{kind=\"gain\",} 0.0")
                .contains("flexir_policy_parameter 20.0")
                .contains("flexir_policy_changes_total{cause=\"asked\",} 1.0")
                .contains("flexir_policy_level 4.0")
                .contains("flexir_policy_level_moves_total{direction=\"down\",} 1.0")
                .contains("flexir_price_db_per_worker_second 0.5")
                .contains("flexir_worker_changes_total{change=\"silent\",} 1.0");
    }

    @Test
    void deadlines_and_depths_are_counted() {
        metrics.slackAtDispatch(Duration.ofSeconds(4));
        metrics.slackAtDispatch(Duration.ofSeconds(-4));
        metrics.deadlineEnded(true);
        metrics.deadlineEnded(false);
        metrics.deadlineEnded(false);
        metrics.shareLag("cpu", 7);
        metrics.jobEnded(
                new Outcome.Restored(
                        new JobId("a"),
                        new TenantId("t"),
                        Samples.START,
                        Samples.receipt("a"),
                        false,
                        false),
                Duration.ofSeconds(3));

        assertThat(metrics.scrape())
                .contains("flexir_deadline_slack_seconds_bucket{le=\"0.005\",} 1.0")
                .contains("flexir_deadline_slack_seconds_count 2.0")
                .contains("flexir_deadlines_total{kept=\"true\",} 1.0")
                .contains("flexir_deadlines_total{kept=\"false\",} 2.0")
                .contains("flexir_pointers_used_total{pointer=\"5\",} 1.0")
                .contains("flexir_share_group_lag_records{pool=\"cpu\",} 7.0");
    }

    @Test
    void what_never_happened_is_told_as_0() {
        assertThat(metrics.scrape())
                .contains("flexir_outcomes_total{outcome=\"failed\",reason=\"poison\",} 0.0")
                .contains("flexir_deadlines_total{kept=\"false\",} 0.0")
                .contains("flexir_http_refused_total{what=\"rate\",} 0.0")
                .contains("flexir_webhook_deliveries_total{outcome=\"failed\",} 0.0");
    }

    @Test
    void clients_cannot_make_series() {
        for (int client = 0; client < 1000; client++) {
            JobId id = new JobId("job-" + client);
            TenantId tenant = new TenantId("tenant-" + client);
            metrics.jobEnded(
                    new Outcome.Restored(
                            id, tenant, Samples.START, Samples.receipt("a"), false, false),
                    Duration.ofSeconds(client));
            metrics.jobEnded(new Outcome.Cancelled(id, tenant, Samples.START), Duration.ZERO);
            metrics.slackAtDispatch(Duration.ofSeconds(client));
            metrics.webhookTried(100 + client % 500, 0.1);
        }

        long series = metrics.scrape().lines().filter(line -> line.startsWith("flexir_")).count();
        assertThat(series).isLessThan(300);
        assertThat(metrics.scrape()).doesNotContain("job-7", "tenant-7");
    }

    @Test
    void names_follow_the_habits_of_prometheus() {
        List<String> types =
                metrics.scrape().lines().filter(line -> line.startsWith("# TYPE flexir_")).toList();

        assertThat(types)
                .hasSizeGreaterThan(15)
                .allSatisfy(
                        type ->
                                assertThat(type.endsWith("_total counter"))
                                        .as(type)
                                        .isEqualTo(type.endsWith(" counter")))
                .allSatisfy(
                        type ->
                                assertThat(type.endsWith("_seconds histogram"))
                                        .as(type)
                                        .isEqualTo(type.endsWith(" histogram")));
    }
}
