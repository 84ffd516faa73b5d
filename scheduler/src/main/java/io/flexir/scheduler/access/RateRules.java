package io.flexir.scheduler.access;

import io.flexir.contracts.request.TenantId;

import java.util.Map;

/**
 * How many requests a tenant may send over HTTP.
 *
 * @param named requests a second of tenants with terms of their own
 * @param others requests a second of every other tenant
 */
public record RateRules(Map<TenantId, Double> named, double others) {
    /** As many as they like. */
    public static final RateRules UNBOUNDED = new RateRules(Map.of(), Double.POSITIVE_INFINITY);

    public RateRules {
        named = Map.copyOf(named);
    }

    double perSecond(TenantId tenant) {
        return named.getOrDefault(tenant, others);
    }
}
