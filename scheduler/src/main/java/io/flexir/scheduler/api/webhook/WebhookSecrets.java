package io.flexir.scheduler.api.webhook;

import io.flexir.contracts.request.TenantId;

import java.util.List;

/** What messages to a tenant are signed with. Called for each message: it must not block. */
@FunctionalInterface
public interface WebhookSecrets {
    /** Nobody has one, so nobody is told anything. */
    WebhookSecrets NONE = tenant -> List.of();

    /** While a secret is replaced there are two, and messages have a signature by each. */
    List<WebhookSecret> of(TenantId tenant);

    /** These, and those of tenants that have none here. */
    default WebhookSecrets or(WebhookSecrets others) {
        return tenant -> {
            List<WebhookSecret> own = of(tenant);
            return own.isEmpty() ? others.of(tenant) : own;
        };
    }
}
