package io.flexir.scheduler.api.webhook;

import java.time.Duration;
import java.util.List;

/**
 * How those are told who asked for it.
 *
 * @param secrets that messages are signed with; a tenant without one cannot ask
 * @param addresses that may be told
 * @param retries when again
 * @param timeout of one try
 */
public record WebhookRules(
        WebhookSecrets secrets, AddressRules addresses, RetryPlan retries, Duration timeout) {
    /** Nobody is told anything. */
    public static final WebhookRules NONE =
            new WebhookRules(
                    WebhookSecrets.NONE,
                    new AddressRules(List.of()),
                    RetryPlan.DEFAULT,
                    Duration.ofSeconds(10));
}
