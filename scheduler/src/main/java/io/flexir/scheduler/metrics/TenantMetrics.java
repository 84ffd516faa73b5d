package io.flexir.scheduler.metrics;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.dispatch.TenantState;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** What tenants have waiting, and what they were given less. */
final class TenantMetrics {
    private final Gauge tenantJobs;
    private final Gauge tenantSeconds;
    private final Gauge tenantSlots;
    private final Counter debtDecibels;
    private final Counter debtGigaMacs;
    private final Counter quotaRefusals;

    TenantMetrics(Collectors collectors) {
        this.tenantJobs =
                collectors.gauge(
                        "flexir_tenant_waiting_jobs",
                        "Queued jobs of a configured tenant.",
                        "tenant");
        this.tenantSeconds =
                collectors.gauge(
                        "flexir_tenant_waiting_worker_seconds",
                        "Predicted worker-seconds of a configured tenant's queued jobs, at their floors.",
                        "tenant");
        this.tenantSlots =
                collectors.gauge(
                        "flexir_tenant_slots",
                        "Slots that a configured tenant could have at once: its share and what others leave.",
                        "tenant");
        this.debtDecibels =
                collectors.counter(
                        "flexir_tenant_quality_debt_db_total",
                        "PSNR that restored jobs were given less than in an idle fleet, summed, in dB.",
                        "tenant");
        this.debtGigaMacs =
                collectors.counter(
                        "flexir_tenant_quality_debt_gigamacs_total",
                        "Multiply-adds that they were given less, in 10^9.",
                        "tenant");
        this.quotaRefusals =
                collectors.counter(
                        "flexir_quota_refusals_total",
                        "Jobs refused because their tenant had too much waiting.",
                        "tenant");
    }

    void tenant(TenantState state) {
        String name = state.tenant().value();
        tenantJobs.labels(name).set(state.waitingJobs());
        tenantSeconds.labels(name).set(state.waitingSeconds());
        tenantSlots.labels(name).set(state.slots());
        // From the beginning, so that what never happened is 0 and not unknown.
        debtDecibels.labels(name);
        debtGigaMacs.labels(name);
        quotaRefusals.labels(name);
    }

    void qualityGivenAway(TenantId tenant, double decibels, double gigaMacs) {
        debtDecibels.labels(tenant.value()).inc(decibels);
        debtGigaMacs.labels(tenant.value()).inc(gigaMacs);
    }

    void quotaRefused(TenantId tenant) {
        quotaRefusals.labels(tenant.value()).inc();
    }
}
