package io.flexir.contracts.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far the telling of one job's end is. The latest record of a job counts.
 *
 * @param jobId whose end is told
 * @param tenant whose job it is, and whose secret signs
 * @param url who is told
 * @param messageId the same for every attempt, so that a receiver knows a message that it has
 * @param partition of the jobs' topic that the job is in; whoever reads that delivers
 * @param payload the body, JSON; kept while it may be sent again
 * @param state how it stands
 * @param attempts that were made, in order
 * @param nextAttemptAt when the next is due; none when there is none
 * @param updatedAt when this was written
 */
public record WebhookDelivery(
        JobId jobId,
        TenantId tenant,
        String url,
        String messageId,
        int partition,
        @Nullable String payload,
        State state,
        List<Attempt> attempts,
        @Nullable Instant nextAttemptAt,
        Instant updatedAt) {
    private static final int MAX_ATTEMPTS = 100;
    private static final int MAX_PAYLOAD = 256 * 1024;

    /** How a delivery stands. */
    public enum State {
        /** It will be tried, perhaps again. */
        @JsonProperty("pending")
        PENDING,
        /** The receiver has answered with 2xx. */
        @JsonProperty("delivered")
        DELIVERED,
        /** It is not tried any more. */
        @JsonProperty("failed")
        FAILED
    }

    /**
     * One try.
     *
     * @param status of the answer; none where there was none
     * @param problem why it did not do; none when it did
     * @param seconds until the answer or the failure
     */
    public record Attempt(
            Instant at, @Nullable Integer status, @Nullable String problem, double seconds) {
        public Attempt {
            Require.present("at", at);
            if (problem != null) {
                Require.text("problem", problem, 200);
            }
            Require.between("seconds", seconds, 0, 1e6);
        }
    }

    public WebhookDelivery {
        Require.present("jobId", jobId);
        Require.present("tenant", tenant);
        Require.text("url", url, RestorationRequest.MAX_WEBHOOK);
        Require.text("messageId", messageId, 128);
        Require.between("partition", partition, 0, Integer.MAX_VALUE);
        Require.present("state", state);
        Require.that(
                payload == null || payload.length() <= MAX_PAYLOAD,
                "payload",
                "must be at most " + MAX_PAYLOAD + " characters");
        attempts = Require.list("attempts", attempts, MAX_ATTEMPTS);
        boolean pending = state == State.PENDING;
        Require.that(
                pending == (payload != null), "payload", "must be there exactly while it is sent");
        Require.that(
                pending == (nextAttemptAt != null),
                "nextAttemptAt",
                "must be there exactly while it is sent");
        Require.present("updatedAt", updatedAt);
    }

    /** Whether it will be tried, perhaps again. */
    @JsonIgnore
    public boolean pending() {
        return state == State.PENDING;
    }

    /** The same after a try that is to be followed by another. */
    public WebhookDelivery triedUntil(Attempt attempt, Instant next, Instant now) {
        return with(State.PENDING, payload, attempt, next, now);
    }

    /** The same after its last try. */
    public WebhookDelivery ended(State end, Attempt attempt, Instant now) {
        return with(end, null, attempt, null, now);
    }

    private WebhookDelivery with(
            State now, @Nullable String body, Attempt attempt, @Nullable Instant next, Instant at) {
        return new WebhookDelivery(
                jobId,
                tenant,
                url,
                messageId,
                partition,
                body,
                now,
                Stream.concat(attempts.stream(), Stream.of(attempt)).toList(),
                next,
                at);
    }
}
