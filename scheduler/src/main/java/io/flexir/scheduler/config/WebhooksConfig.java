package io.flexir.scheduler.config;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.webhook.AddressRules;
import io.flexir.scheduler.api.webhook.Network;
import io.flexir.scheduler.api.webhook.RetryPlan;
import io.flexir.scheduler.api.webhook.WebhookRules;
import io.flexir.scheduler.api.webhook.WebhookSecret;
import io.flexir.scheduler.api.webhook.WebhookSecrets;
import io.flexir.scheduler.storage.Secret;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How those are told of a job's end who asked for it.
 *
 * @param secret of the tenant that the one API key belongs to
 * @param secrets file with those of tenants
 * @param allowed networks that may be told although they are not public
 * @param retries waits between tries
 * @param timeout of one try
 */
public record WebhooksConfig(
        @Nullable Secret secret,
        @Nullable Path secrets,
        List<String> allowed,
        List<Duration> retries,
        Duration timeout) {
    /** Nobody is told. */
    public static final WebhooksConfig DEFAULT =
            new WebhooksConfig(
                    null, null, List.of(), RetryPlan.DEFAULT.waits(), Duration.ofSeconds(10));

    private static final int MAX_RETRIES = 20;

    public WebhooksConfig {
        allowed = List.copyOf(allowed);
        retries = List.copyOf(retries);
    }

    /** None where there is no secret. Secrets of a file are the caller's to open and to close. */
    public WebhookRules rules(TenantId holder, WebhookSecrets ofFile) {
        if (secret == null && secrets == null) {
            return WebhookRules.NONE;
        }
        return new WebhookRules(
                ofFile.or(own(holder)),
                new AddressRules(allowed.stream().map(Network::of).toList()),
                new RetryPlan(retries),
                timeout);
    }

    private WebhookSecrets own(TenantId holder) {
        if (secret == null) {
            return WebhookSecrets.NONE;
        }
        List<WebhookSecret> own = List.of(WebhookSecret.of(secret.value()));
        return tenant -> tenant.equals(holder) ? own : List.of();
    }

    void check(Problems problems) {
        for (String network : allowed) {
            problems.unless(
                    isNetwork(network),
                    "a network that webhooks may reach must be such as 10.0.0.0/8, is " + network);
        }
        if (secret != null) {
            checkSecret(problems, secret);
        }
        problems.between("the number of webhook retries", retries.size(), 0, MAX_RETRIES);
        retries.forEach(
                wait ->
                        problems.between(
                                "the wait before a webhook's retry",
                                wait,
                                Duration.ofMillis(1),
                                Duration.ofDays(1)));
        problems.between(
                "the time limit of a webhook",
                timeout,
                Duration.ofMillis(100),
                Duration.ofMinutes(1));
    }

    private static void checkSecret(Problems problems, Secret secret) {
        try {
            WebhookSecret.of(secret.value());
        } catch (IllegalArgumentException wrong) {
            problems.unless(false, "the webhook secret " + wrong.getMessage());
        }
    }

    private static boolean isNetwork(String text) {
        try {
            Network.of(text);
            return true;
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }
}
