package io.flexir.scheduler.budget;

import io.flexir.contracts.request.TenantId;

import java.util.Map;

/**
 * What each tenant is entitled to.
 *
 * @param named tenants with terms of their own
 * @param others what every other tenant has, each for itself
 */
public record TenantRules(Map<TenantId, TenantTerms> named, TenantTerms others) {
    /** Everybody is equal. */
    public static final TenantRules EQUAL = new TenantRules(Map.of(), TenantTerms.EQUAL);

    public TenantRules {
        named = Map.copyOf(named);
    }

    public TenantTerms of(TenantId tenant) {
        return named.getOrDefault(tenant, others);
    }

    public double weight(TenantId tenant) {
        return of(tenant).weight();
    }
}
