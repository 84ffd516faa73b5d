package io.flexir.scheduler.metrics;

import io.flexir.scheduler.scale.ScalingReport;
import io.flexir.scheduler.scale.ScalingWatch;
import io.prometheus.client.exporter.common.TextFormat;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * {@code /metrics}, {@code /scaling}, {@code /health/live} and {@code /health/ready}, on a port
 * that clients do not reach.
 */
public final class ManagementRoutes {
    private final SchedulerMetrics metrics;
    private final Readiness readiness;
    private final ScalingWatch scaling;
    private final BooleanSupplier alive;

    /**
     * @param alive whether this process still can do its work; when not, only a restart helps
     */
    public ManagementRoutes(
            SchedulerMetrics metrics,
            Readiness readiness,
            ScalingWatch scaling,
            BooleanSupplier alive) {
        this.metrics = metrics;
        this.readiness = readiness;
        this.scaling = scaling;
        this.alive = alive;
    }

    public Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.get("/metrics").handler(this::metrics);
        router.get("/scaling").handler(this::scaling);
        router.get("/health/live").handler(this::live);
        router.get("/health/ready").handler(context -> ready(vertx, context));
        return router;
    }

    private void metrics(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", TextFormat.CONTENT_TYPE_004)
                .end(metrics.scrape());
    }

    /**
     * An autoscaler that is refused keeps what it has; a number from half the jobs would mislead.
     */
    private void scaling(RoutingContext context) {
        Optional<ScalingReport> latest = scaling.latest();
        context.response().setStatusCode(latest.isPresent() ? 200 : 503);
        context.json(
                latest.map(ScalingBody::of)
                        .orElseGet(() -> new JsonObject().put("status", "not-ready")));
    }

    private void live(RoutingContext context) {
        boolean lives = alive.getAsBoolean();
        context.response().setStatusCode(lives ? 200 : 503);
        context.json(new JsonObject().put("status", lives ? "live" : "dead"));
    }

    private void ready(Vertx vertx, RoutingContext context) {
        Future.fromCompletionStage(readiness.ask(), vertx.getOrCreateContext())
                .onSuccess(answers -> report(context, answers))
                .onFailure(context::fail);
    }

    private static void report(RoutingContext context, Map<String, Boolean> answers) {
        boolean ready = !answers.containsValue(false);
        JsonObject checks = new JsonObject();
        answers.forEach((name, holds) -> checks.put(name, holds ? "ok" : "failing"));
        context.response().setStatusCode(ready ? 200 : 503);
        context.json(
                new JsonObject()
                        .put("status", ready ? "ready" : "not-ready")
                        .put("checks", checks));
    }
}
