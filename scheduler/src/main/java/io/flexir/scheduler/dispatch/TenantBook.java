package io.flexir.scheduler.dispatch;

import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.Receipt;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.budget.TenantTerms;
import io.flexir.scheduler.load.LoadModel;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What each tenant has waiting, and what it was given less than it wanted. Thread-safe. */
public final class TenantBook {
    /** Past it, the debts of further tenants are kept together. */
    private static final int MAX_TENANTS = 1000;

    /** Stands in metrics for every tenant without terms of its own. */
    public static final TenantId OTHERS = new TenantId("others");

    private final TenantRules rules;
    private final LoadModel load;
    private final DecisionEvents events;
    private final Map<TenantId, QualityDebt> debts = new HashMap<>();

    public TenantBook(TenantRules rules, LoadModel load, DecisionEvents events) {
        this.rules = rules;
        this.load = load;
        this.events = events;
    }

    /** Why a tenant's next job is refused, if its quota is full. */
    public Optional<String> excess(TenantId tenant) {
        TenantTerms terms = rules.of(tenant);
        double jobs = load.waitingJobs(tenant);
        if (jobs >= terms.maxWaitingJobs()) {
            return Optional.of(
                    sentence(tenant, jobs, "jobs waiting", (double) terms.maxWaitingJobs()));
        }
        double seconds = load.waitingSeconds(tenant);
        return seconds >= terms.maxWaitingSeconds()
                ? Optional.of(
                        sentence(
                                tenant,
                                seconds,
                                "worker-seconds waiting",
                                terms.maxWaitingSeconds()))
                : Optional.empty();
    }

    /** A job was refused for its tenant's quota. */
    public void refused(TenantId tenant) {
        events.quotaRefused(label(tenant));
    }

    /**
     * A job was restored.
     *
     * @param wanted the pointer that it would have been granted in an idle fleet
     */
    public void restored(TenantId tenant, JobFacts job, int wanted, Receipt receipt) {
        int target = Math.min(receipt.budget().target(), job.n());
        int got = receipt.degraded() ? Math.min(receipt.deepestPointer(), target) : target;
        if (got >= wanted) {
            return;
        }
        double decibels = Math.max(0, job.curve().psnr(wanted) - job.curve().psnr(got));
        double gigaMacs = job.gigaMacs(wanted) - job.gigaMacs(got);
        synchronized (this) {
            TenantId known =
                    debts.containsKey(tenant) || debts.size() < MAX_TENANTS ? tenant : OTHERS;
            debts.merge(
                    known,
                    QualityDebt.NONE.plus(decibels, gigaMacs),
                    (sum, one) -> sum.plus(decibels, gigaMacs));
        }
        events.qualityGivenAway(label(tenant), decibels, gigaMacs);
    }

    public TenantState state(TenantId tenant) {
        return new TenantState(
                tenant,
                rules.of(tenant),
                load.slots(tenant),
                load.waitingJobs(tenant),
                load.waitingSeconds(tenant),
                debt(tenant));
    }

    /** Those with terms of their own, for whom there are metrics. */
    public List<TenantState> named() {
        return rules.named().keySet().stream().map(this::state).toList();
    }

    private synchronized QualityDebt debt(TenantId tenant) {
        return debts.getOrDefault(tenant, QualityDebt.NONE);
    }

    private TenantId label(TenantId tenant) {
        return rules.named().containsKey(tenant) ? tenant : OTHERS;
    }

    private static String sentence(TenantId tenant, double there, String of, double quota) {
        return String.format(
                Locale.ROOT, "Tenant %s has %.0f %s, its quota is %.0f", tenant, there, of, quota);
    }
}
