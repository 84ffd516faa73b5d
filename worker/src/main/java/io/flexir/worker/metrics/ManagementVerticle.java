package io.flexir.worker.metrics;

import io.flexir.worker.config.ManagementSettings;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Serves {@code /metrics}, {@code /health/live} and {@code /health/ready} on a port of their own.
 */
public final class ManagementVerticle extends VerticleBase {
    private final ManagementSettings settings;
    private final CollectorRegistry registry;
    private final Readiness readiness;
    private final BooleanSupplier alive;
    private final AtomicInteger port = new AtomicInteger();

    /**
     * @param alive whether this process still does its work; when not, only a restart helps
     */
    public ManagementVerticle(
            ManagementSettings settings,
            CollectorRegistry registry,
            Readiness readiness,
            BooleanSupplier alive) {
        this.settings = settings;
        this.registry = registry;
        this.readiness = readiness;
        this.alive = alive;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(settings.port(), settings.host())
                .onSuccess((HttpServer server) -> port.set(server.actualPort()));
    }

    /** Where it listens, once it is started. */
    public int port() {
        return port.get();
    }

    private void answer(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/metrics" -> metrics(request.response());
            case "/health/live" ->
                    status(request.response(), alive.getAsBoolean(), new JsonObject());
            case "/health/ready" -> ready(request.response());
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void metrics(HttpServerResponse response) {
        StringWriter text = new StringWriter();
        try {
            TextFormat.write004(text, registry.metricFamilySamples());
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory failed", impossible);
        }
        response.putHeader("content-type", TextFormat.CONTENT_TYPE_004).end(text.toString());
    }

    private void ready(HttpServerResponse response) {
        JsonObject conditions = new JsonObject();
        readiness
                .conditions()
                .forEach(
                        (condition, holds) ->
                                conditions.put(condition.name().toLowerCase(Locale.ROOT), holds));
        status(response, readiness.isReady(), conditions);
    }

    private static void status(HttpServerResponse response, boolean good, JsonObject body) {
        response.setStatusCode(good ? 200 : 503)
                .putHeader("content-type", "application/json")
                .end(body.put("status", good ? "up" : "down").encode());
    }
}
