package io.flexir.scheduler.api.webhook;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.access.FileWatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file with the secrets of tenants, as {@code {"museum": ["whsec_..."]}}, that is read again when
 * it changes. One that has become unreadable changes nothing.
 */
public final class WatchedSecrets implements WebhookSecrets, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSecrets.class);
    private static final JsonMapper JSON = MessageCodec.newMapper();
    private static final int MAX_TENANTS = 10_000;
    private static final int MAX_SECRETS = 4;

    private final Path file;
    private final FileWatch watch;
    private volatile Map<TenantId, List<WebhookSecret>> secrets;

    /**
     * @throws IllegalArgumentException when the file is not as it must be; it says what is wrong,
     *     and no secret
     */
    public WatchedSecrets(Path file) {
        this.file = file;
        this.watch = new FileWatch("flexir-webhook-secrets", List.of(file), this::readAgain);
        this.secrets = read();
        watch.start();
    }

    @Override
    public List<WebhookSecret> of(TenantId tenant) {
        return secrets.getOrDefault(tenant, List.of());
    }

    @Override
    public void close() {
        watch.close();
    }

    /** Reads the file again, if it has changed. */
    void look() {
        watch.look();
    }

    private void readAgain() {
        try {
            secrets = read();
            LOG.info("event=webhook_secrets_read tenants={}", secrets.size());
        } catch (IllegalArgumentException wrong) {
            LOG.warn("event=webhook_secrets_unreadable reason=\"{}\"", wrong.getMessage());
        }
    }

    private Map<TenantId, List<WebhookSecret>> read() {
        try {
            Map<String, List<String>> texts =
                    JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
            if (texts == null) {
                throw wrong("is not a JSON object of lists of texts");
            }
            return secretsOf(texts);
        } catch (JacksonException wrong) {
            // What Jackson quotes of the file may be a secret.
            throw wrong("is not a JSON object of lists of texts");
        } catch (IOException unreadable) {
            throw wrong("cannot be read: is it there, and may you read it?");
        }
    }

    private Map<TenantId, List<WebhookSecret>> secretsOf(Map<String, List<String>> texts) {
        if (texts.size() > MAX_TENANTS) {
            throw wrong("has more than " + MAX_TENANTS + " tenants");
        }
        Map<TenantId, List<WebhookSecret>> read = new HashMap<>();
        texts.forEach((tenant, own) -> read.put(tenantOf(tenant), secretsOf(tenant, own)));
        return Map.copyOf(read);
    }

    private TenantId tenantOf(String name) {
        try {
            return new TenantId(name);
        } catch (InvalidFieldException wrong) {
            throw wrong("names a tenant that " + wrong.problem());
        }
    }

    private List<WebhookSecret> secretsOf(String tenant, List<String> texts) {
        if (texts == null
                || texts.isEmpty()
                || texts.size() > MAX_SECRETS
                || texts.stream().anyMatch(Objects::isNull)) {
            throw wrong("must have 1 to " + MAX_SECRETS + " secrets for " + tenant);
        }
        try {
            return texts.stream().map(WebhookSecret::of).toList();
        } catch (IllegalArgumentException wrong) {
            throw wrong("has a secret for " + tenant + " that " + wrong.getMessage());
        }
    }

    private IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException("the webhooks' secrets " + file + " " + problem);
    }
}
