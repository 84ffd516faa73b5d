package io.flexir.scheduler.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.api.Samples;

import org.junit.jupiter.api.Test;

import java.time.Duration;
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
