package io.flexir.scheduler.access;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.storage.Secret;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Everybody is the same tenant, and may do everything.
 *
 * @param tenant who everybody is
 * @param key what callers must know; null lets everybody in
 */
public record SingleTenant(TenantId tenant, @Nullable Secret key) implements Callers {
    @Override
    public Optional<Principal> identify(@Nullable String authorization) {
        if (key == null) {
            return Optional.of(Principal.master(tenant));
        }
        return Callers.key(authorization)
                .filter(key::matches)
                .map(known -> Principal.master(tenant));
    }
}
