package io.flexir.scheduler.access;

import io.flexir.contracts.request.TenantId;

import java.util.Set;

/**
 * Somebody who asks.
 *
 * @param tenant whose jobs they see
 * @param scopes what they may do
 */
public record Principal(TenantId tenant, Set<Scope> scopes) {
    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** Somebody who may do everything. */
    public static Principal master(TenantId tenant) {
        return new Principal(tenant, Set.of(Scope.values()));
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
