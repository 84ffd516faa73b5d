package io.flexir.scheduler.api.resource;

import io.flexir.scheduler.budget.TenantTerms;
import io.flexir.scheduler.dispatch.TenantState;

import org.jspecify.annotations.Nullable;

/** The tenant who asks ({@code Tenant} in the API description). */
public record TenantResource(
        String name,
        double weight,
        double slots,
        long waitingJobs,
        double waitingSeconds,
        @Nullable Integer maxWaitingJobs,
        @Nullable Double maxWaitingSeconds,
        Debt qualityDebt) {
    /**
     * What restored jobs were given less than in an idle fleet.
     *
     * @param jobs that were
     */
    public record Debt(long jobs, double decibels, double gigaMacs) {}

    public static TenantResource of(TenantState state) {
        TenantTerms terms = state.terms();
        return new TenantResource(
                state.tenant().value(),
                terms.weight(),
                state.slots(),
                Math.round(state.waitingJobs()),
                state.waitingSeconds(),
                terms.maxWaitingJobs() == Integer.MAX_VALUE ? null : terms.maxWaitingJobs(),
                Double.isInfinite(terms.maxWaitingSeconds()) ? null : terms.maxWaitingSeconds(),
                new Debt(state.debt().jobs(), state.debt().decibels(), state.debt().gigaMacs()));
    }
}
