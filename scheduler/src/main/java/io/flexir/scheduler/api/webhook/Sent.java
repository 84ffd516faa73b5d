package io.flexir.scheduler.api.webhook;

import io.flexir.contracts.webhook.WebhookDelivery.Attempt;

import java.time.Duration;

/** What came of one try. */
sealed interface Sent {
    Attempt attempt();

    /** The receiver has it. */
    record Arrived(Attempt attempt) implements Sent {}

    /**
     * It may do later.
     *
     * @param atLeast what the receiver asked for
     */
    record Again(Attempt attempt, Duration atLeast) implements Sent {}

    /** The receiver wants no more of them. */
    record Gone(Attempt attempt) implements Sent {}
}
