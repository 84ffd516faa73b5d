package io.flexir.scheduler.api;

import io.flexir.contracts.request.TenantId;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Says who asks. */
@FunctionalInterface
public interface TenantResolver {
    /**
     * @param authorization the {@code Authorization} header, null when there is none
     * @return empty when the caller may not ask at all
     */
    Optional<TenantId> resolve(@Nullable String authorization);
}
