package io.flexir.ops.local.client;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * How far the telling of a job's end is.
 *
 * @param messageId the same for every attempt
 * @param state pending, delivered or failed
 */
public record FleetWebhook(
        String url,
        String messageId,
        String state,
        List<Attempt> attempts,
        @Nullable Instant nextAttemptAt) {
    /** One try; a status where there was an answer, a problem where it did not do. */
    public record Attempt(
            Instant at, @Nullable Integer status, @Nullable String problem, double seconds) {}
}
