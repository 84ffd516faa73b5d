package io.flexir.ops.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.ops.local.client.ApiKey;
import io.flexir.scheduler.config.WebhooksConfig;
import io.flexir.scheduler.storage.Secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Webhooks of a stack on one machine: they may reach that machine, and are signed with a secret
 * that is made of the stack's key, so that it need not be kept.
 */
public final class StackWebhooks {
    /** The machine itself. */
    static final List<String> ALLOWED = List.of("127.0.0.0/8", "::1");

    private StackWebhooks() {}

    /** The secret, as a receiver is given it. */
    public static String secret(ApiKey key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(("webhooks of " + key.value()).getBytes(UTF_8));
            return "whsec_" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    static WebhooksConfig config(ApiKey key) {
        WebhooksConfig usual = WebhooksConfig.DEFAULT;
        return new WebhooksConfig(
                new Secret(secret(key)), null, ALLOWED, usual.retries(), usual.timeout());
    }
}
