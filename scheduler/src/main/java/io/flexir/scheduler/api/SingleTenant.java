package io.flexir.scheduler.api;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.storage.Secret;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Everybody is the same tenant.
 *
 * @param tenant who everybody is
 * @param key what callers must know; null lets everybody in
 */
public record SingleTenant(TenantId tenant, @Nullable Secret key) implements TenantResolver {
    private static final String SCHEME = "Bearer ";

    @Override
    public Optional<TenantId> resolve(@Nullable String authorization) {
        if (key == null) {
            return Optional.of(tenant);
        }
        return Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .filter(header -> key.matches(header.substring(SCHEME.length())))
                .map(header -> tenant);
    }
}
