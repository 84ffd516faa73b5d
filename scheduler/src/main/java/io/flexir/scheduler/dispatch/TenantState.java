package io.flexir.scheduler.dispatch;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.TenantTerms;

/**
 * How a tenant stands.
 *
 * @param slots that it could have at once, its part by weight and what others leave
 * @param waitingJobs of the whole fleet, by what waits in this instance
 * @param waitingSeconds of one slot, each job at its floor
 * @param debt of the jobs that this instance settled since its start
 */
public record TenantState(
        TenantId tenant,
        TenantTerms terms,
        double slots,
        double waitingJobs,
        double waitingSeconds,
        QualityDebt debt) {}
