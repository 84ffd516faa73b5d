package io.flexir.ops.bench.simulate;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.TenantRules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whose jobs a workload's are.
 *
 * @param rules what tenants are entitled to
 * @param owner the tenant of each job
 */
public record Tenancy(TenantRules rules, Function<SimulatedJob, TenantId> owner) {
    private static final TenantId ONLY = new TenantId("simulated");

    /** Everything is one tenant's. */
    public static final Tenancy ONE = new Tenancy(TenantRules.EQUAL, job -> ONLY);

    TenantId tenantOf(SimulatedJob job) {
        return owner.apply(job);
    }

    Map<TenantId, Integer> jobsByTenant(Workload workload) {
        Map<String, Integer> byName = new TreeMap<>();
        workload.jobs().forEach(job -> byName.merge(tenantOf(job).value(), 1, Integer::sum));
        Map<TenantId, Integer> jobs = new LinkedHashMap<>();
        byName.forEach((name, count) -> jobs.put(new TenantId(name), count));
        return jobs;
    }
}
