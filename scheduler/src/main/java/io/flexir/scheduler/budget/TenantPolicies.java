package io.flexir.scheduler.budget;

import io.flexir.contracts.request.TenantId;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One policy, for each tenant by what it has seen of that tenant's own load, so that a tenant's
 * backlog makes nobody else's jobs shallower. Not thread-safe.
 */
public final class TenantPolicies {
    private final Policy unseeing;
    private Map<TenantId, Policy> byTenant = Map.of();

    /**
     * @param unseeing a policy that has seen nothing yet
     */
    public TenantPolicies(Policy unseeing) {
        this.unseeing = unseeing;
    }

    /** The policy as it stands for a tenant. */
    public Policy of(TenantId tenant) {
        return byTenant.getOrDefault(tenant, unseeing);
    }

    /** Takes in the load of every tenant. */
    public void see(Map<TenantId, LoadSnapshot> loads, Instant now) {
        if (unseeing instanceof DrainTarget) {
            Map<TenantId, Policy> next = new HashMap<>();
            loads.forEach((tenant, load) -> next.put(tenant, of(tenant).seeing(load, now)));
            byTenant = next;
        }
    }
}
