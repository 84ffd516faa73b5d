package io.flexir.scheduler.access;

import io.flexir.contracts.request.TenantId;

import java.util.Map;

/**
 * Topics that tenants may write their requests to. There is no other way in by Kafka.
 *
 * @param group that schedulers read them as, the same for all of one fleet
 * @param tenants whose each topic is
 */
public record Routes(String group, Map<String, TenantId> tenants) {
    /** Nobody comes by Kafka. */
    public static final Routes NONE = new Routes("none", Map.of());

    public Routes {
        tenants = Map.copyOf(tenants);
    }
}
