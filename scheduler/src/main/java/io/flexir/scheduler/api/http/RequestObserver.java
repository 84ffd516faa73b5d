package io.flexir.scheduler.api.http;

import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;

import java.time.Duration;

/** Counts and times every answer under its operation. */
public final class RequestObserver implements PlatformHandler {
    private static final String UNTIMED = "flexir.untimed";
    private static final String OPERATION = "flexir.operation";

    private final OpenAPIContract contract;
    private final SchedulerMetrics metrics;

    public RequestObserver(OpenAPIContract contract, SchedulerMetrics metrics) {
        this.contract = contract;
        this.metrics = metrics;
    }

    /** Leaves this request's time out: it lasts as long as its client likes. */
    static void doNotTime(RoutingContext context) {
        context.put(UNTIMED, true);
    }

    /** The operation that is asked for, or {@code none}. */
    static String operation(RoutingContext context) {
        return context.get(OPERATION, "none");
    }

    @Override
    public void handle(RoutingContext context) {
        long start = System.nanoTime();
        String name = operationOf(context.request());
        context.put(OPERATION, name);
        context.addEndHandler(
                ended -> {
                    int status = context.response().getStatusCode();
                    if (context.get(UNTIMED, false)) {
                        metrics.requestAnswered(name, status);
                    } else {
                        metrics.requestAnswered(
                                name, status, Duration.ofNanos(System.nanoTime() - start));
                    }
                });
        context.next();
    }

    private String operationOf(HttpServerRequest request) {
        String path = request.path();
        if (path == null || !path.startsWith("/")) {
            return "none";
        }
        Operation operation = contract.findOperation(path, request.method());
        return operation == null ? "none" : operation.getOperationId();
    }
}
