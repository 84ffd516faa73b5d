package io.flexir.scheduler.api.resource;

import io.flexir.contracts.webhook.WebhookDelivery;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** How far the telling of a job's end is ({@code WebhookDeliveries} in the API description). */
public record WebhookDeliveryResource(
        String url,
        String messageId,
        WebhookDelivery.State state,
        List<WebhookDelivery.Attempt> attempts,
        @Nullable Instant nextAttemptAt) {
    public static WebhookDeliveryResource of(WebhookDelivery delivery) {
        return new WebhookDeliveryResource(
                delivery.url(),
                delivery.messageId(),
                delivery.state(),
                delivery.attempts(),
                delivery.nextAttemptAt());
    }

    /** Of a job that has not ended, or has just. */
    public static WebhookDeliveryResource notYet(String url, String messageId) {
        return new WebhookDeliveryResource(
                url, messageId, WebhookDelivery.State.PENDING, List.of(), null);
    }
}
