package io.flexir.scheduler.api.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.webhook.WebhookDelivery;
import io.flexir.contracts.webhook.WebhookDelivery.Attempt;
import io.flexir.scheduler.api.webhook.GuardedSockets.RefusedAddressException;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;

/**
 * Sends one message. Blocks for as long as a try may take. Redirects are answers like any other: to
 * follow one would be to ask for something that nobody has allowed.
 */
final class WebhookSender implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);
    private static final int GONE = 410;
    private static final int IDLE_CONNECTIONS = 16;
    private static final int IDLE_SECONDS = 30;

    private final WebhookRules rules;
    private final InstantSource clock;
    private final OkHttpClient secure;
    private final OkHttpClient clear;

    WebhookSender(WebhookRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
        this.secure = client(true);
        this.clear = client(false);
    }

    private OkHttpClient client(boolean isSecure) {
        return new OkHttpClient.Builder()
                .socketFactory(new GuardedSockets(rules.addresses(), isSecure))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectTimeout(CONNECT)
                .callTimeout(rules.timeout())
                .connectionPool(
                        new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
                .build();
    }

    Sent send(WebhookDelivery delivery) {
        Instant at = clock.instant();
        long begun = System.nanoTime();
        List<WebhookSecret> secrets = rules.secrets().of(delivery.tenant());
        String payload = delivery.payload();
        if (secrets.isEmpty() || payload == null) {
            return failed(at, begun, null, "the tenant has no secret to sign with");
        }
        byte[] body = payload.getBytes(UTF_8);
        Request request;
        try {
            request =
                    new Request.Builder()
                            .url(delivery.url())
                            .header("User-Agent", "FlexIR-Webhooks/1")
                            .header("webhook-id", delivery.messageId())
                            .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                            .header(
                                    "webhook-signature",
                                    secrets.stream()
                                            .map(
                                                    secret ->
                                                            secret.sign(
                                                                    delivery.messageId(), at, body))
                                            .collect(Collectors.joining(" ")))
                            .post(RequestBody.create(body, null))
                            .header("Content-Type", "application/json")
                            .build();
        } catch (IllegalArgumentException noAddress) {
            return new Sent.Gone(attempt(at, begun, null, "it is not an address"));
        }
        OkHttpClient client = request.isHttps() ? secure : clear;
        try (Response response = client.newCall(request).execute()) {
            return answered(at, begun, response);
        } catch (IOException failure) {
            return failed(at, begun, null, problem(failure));
        }
    }

    private Sent answered(Instant at, long begun, Response response) {
        int status = response.code();
        if (response.isSuccessful()) {
            return new Sent.Arrived(attempt(at, begun, status, null));
        }
        String problem = "answered with " + status;
        return status == GONE
                ? new Sent.Gone(attempt(at, begun, status, problem))
                : new Sent.Again(
                        attempt(at, begun, status, problem),
                        retryAfter(response.header("Retry-After")));
    }

    private static Sent failed(Instant at, long begun, @Nullable Integer status, String problem) {
        return new Sent.Again(attempt(at, begun, status, problem), Duration.ZERO);
    }

    private static Attempt attempt(
            Instant at, long begun, @Nullable Integer status, @Nullable String problem) {
        return new Attempt(at, status, problem, (System.nanoTime() - begun) / 1e9);
    }

    /** Seconds alone; a date is not worth reading. */
    private static Duration retryAfter(@Nullable String header) {
        if (header == null || !header.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(header));
        return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
    }

    /** In words that tell nothing of the scheduler's own network. */
    private static String problem(IOException failure) {
        return switch (failure) {
            case RefusedAddressException _ ->
                    "its address is not one that may be told: public ones may by https, others if"
                            + " the fleet allows them";
            case UnknownHostException _ -> "nobody is called so";
            case InterruptedIOException _ -> "did not answer in time";
            case SSLException _ -> "its certificate, or its TLS, is not one to trust";
            default -> "could not be reached";
        };
    }

    @Override
    public void close() {
        for (OkHttpClient client : List.of(secure, clear)) {
            client.dispatcher().cancelAll();
            client.connectionPool().evictAll();
        }
    }
}
