package io.flexir.scheduler;

import io.flexir.scheduler.config.WebhooksConfig;
import io.flexir.scheduler.storage.Secret;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How those are told of a job's end who asked for it. */
final class WebhookOptions {
    @Option(
            names = "--webhook-secret",
            converter = SecretConverter.class,
            defaultValue = "${env:FLEXIR_WEBHOOK_SECRET}",
            description =
                    "What webhook messages to the tenant of --tenant are signed with: whsec_ and 24 to 64 bytes in base64."
                            + " A tenant without a secret cannot ask for webhooks.")
    private @Nullable Secret secret;

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_WEBHOOK_SECRET_FILE}",
            description = "Holds the same in one line.")
    private @Nullable Path secretFile;

    @Option(
            names = "--webhook-secrets",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_WEBHOOK_SECRETS}",
            description =
                    "JSON file with the secrets of tenants, a list each; read again when it changes. Messages have a signature"
                            + " by each of a tenant's.")
    private @Nullable Path secrets;

    @Option(
            names = "--webhook-allow",
            paramLabel = "NETWORK",
            split = ",",
            defaultValue = "${env:FLEXIR_WEBHOOK_ALLOW}",
            description =
                    "Networks that webhooks may reach although they are not public, also by http, such as 10.1.0.0/16, separated"
                            + " by commas; public addresses by https alone when left out.")
    private @Nullable List<String> allowed;

    @Option(
            names = "--webhook-retry-seconds",
            split = ",",
            defaultValue = "${env:FLEXIR_WEBHOOK_RETRY_SECONDS:-5,300,1800,7200,18000,36000}",
            description =
                    "Waits before a message is sent again that did not arrive, each a fifth longer or shorter by chance, in"
                            + " seconds, separated by commas (default: ${DEFAULT-VALUE}).")
    private List<Double> retries;

    @Option(
            names = "--webhook-timeout-millis",
            defaultValue = "${env:FLEXIR_WEBHOOK_TIMEOUT_MILLIS:-10000}",
            description =
                    "Bound on one webhook message from connecting to the answer, in milliseconds (default: ${DEFAULT-VALUE}).")
    private long timeoutMillis;

    private static final double MILLIS = 1000;

    WebhooksConfig toConfig() {
        return new WebhooksConfig(
                SecretOption.optional("--webhook-secret", secret, secretFile).orElse(null),
                secrets,
                allowed == null ? List.of() : allowed,
                retries.stream()
                        .map(seconds -> Duration.ofMillis(Math.round(seconds * MILLIS)))
                        .toList(),
                Duration.ofMillis(timeoutMillis));
    }
}
