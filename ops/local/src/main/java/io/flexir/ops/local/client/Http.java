package io.flexir.ops.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.worker.storage.Authorities;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Requests to one scheduler: its address, its key, its JSON and its problems. Thread-safe. */
final class Http implements AutoCloseable {

    static final Duration ANSWER = Duration.ofSeconds(60);
    static final Duration LONG_ANSWER = Duration.ofMinutes(5);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MAX_DETAIL_CHARACTERS = 500;

    private final JsonMapper mapper = MessageCodec.newMapper();
    // Redirects lead to the object store, which must not see the scheduler's key: they are followed
    // by hand.
    private final HttpClient client;
    private final URI base;
    private final Optional<ApiKey> key;

    Http(URI base, Optional<ApiKey> key, Optional<Path> authorities) {
        this.base = base;
        this.key = key;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER);
        authorities.map(Authorities::read).ifPresent(ca -> builder.sslContext(ca.sslContext()));
        client = builder.build();
    }

    /** A request to the scheduler itself. */
    HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        key.ifPresent(known -> request.header("Authorization", "Bearer " + known.value()));
        return request;
    }

    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new FleetException.Unreachable(
                    "no answer from "
                            + origin(request.uri())
                            + " ("
                            + why
                            + "): is it up, and is the address right?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException.Unreachable(
                    "interrupted while waiting for " + origin(request.uri()), e);
        }
    }

    /** Sends and reads a JSON answer; any status but 2xx is a problem. */
    <T> T json(HttpRequest request, Class<T> type) {
        HttpResponse<byte[]> response = send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw problem(response, response.body());
        }
        return read(response.body(), type);
    }

    <T> T read(byte[] json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (IOException e) {
            throw new FleetException.Unreachable(
                    base + " does not answer like a scheduler: " + e.getMessage(), e);
        }
    }

    byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** What a problem's body says, on one line, nothing twice. */
    FleetException.Refused problem(HttpResponse<?> response, byte[] body) {
        int status = response.statusCode();
        Duration again = retryAfter(response);
        try {
            JsonNode problem = mapper.readTree(body);
            Set<String> parts = new LinkedHashSet<>();
            parts.add(problem.path("title").asText("refused"));
            if (problem.hasNonNull("detail")) {
                parts.add(problem.path("detail").asText());
            }
            problem.path("errors")
                    .forEach(
                            error ->
                                    parts.add(
                                            error.path("field").asText()
                                                    + " "
                                                    + error.path("problem").asText()));
            return new FleetException.Refused(
                    status, String.join(": ", parts) + " (HTTP " + status + ")", again);
        } catch (IOException notJson) {
            String text = new String(body, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
            String detail = text.substring(0, Math.min(text.length(), MAX_DETAIL_CHARACTERS));
            return new FleetException.Refused(
                    status, "refused with HTTP " + status + ": " + detail, again);
        }
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,5}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(null);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
