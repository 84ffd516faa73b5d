package io.flexir.scheduler.api.http;

import io.flexir.scheduler.access.Callers;
import io.flexir.scheduler.access.RateLimits;
import io.flexir.scheduler.api.problem.ProblemResponder;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.tracing.Tracing;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Joins the operations of the contract with their handlers. Whatever one has and the other lacks is
 * an error at start.
 */
public final class ApiRoutes {
    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE);

    private final OpenAPIContract contract;
    private final Callers callers;
    private final RateLimits rates;
    private final SchedulerMetrics metrics;
    private final Tracing tracing;
    private final BodyBudget bodies;
    private final long maxBodyBytes;
    private final ProblemResponder problems;
    private final Map<String, Handler<RoutingContext>> operations;

    /**
     * @param operations handlers by {@code operationId}
     */
    public ApiRoutes(
            OpenAPIContract contract,
            Callers callers,
            RateLimits rates,
            SchedulerMetrics metrics,
            Tracing tracing,
            BodyBudget bodies,
            long maxBodyBytes,
            ProblemResponder problems,
            Map<String, Handler<RoutingContext>> operations) {
        this.contract = contract;
        this.callers = callers;
        this.rates = rates;
        this.metrics = metrics;
        this.tracing = tracing;
        this.bodies = bodies;
        this.maxBodyBytes = maxBodyBytes;
        this.problems = problems;
        this.operations = Map.copyOf(operations);
    }

    public Router router(Vertx vertx) {
        Access access = new Access(callers, rates, contract, metrics);
        RouterBuilder builder =
                RouterBuilder.create(vertx, contract, RequestExtractor.withBodyHandler())
                        .rootHandler(new RequestObserver(contract, metrics, tracing))
                        .rootHandler(bodies)
                        .rootHandler(access)
                        .rootHandler(BodyHandler.create(false).setBodyLimit(maxBodyBytes));
        if (builder.getRoutes().size() != operations.size()) {
            throw new IllegalStateException(
                    "openapi.yaml and the handlers do not name the same operations");
        }
        operations.forEach(
                (operationId, handler) ->
                        route(builder, operationId)
                                .addHandler(access.guard(operationId))
                                .addHandler(handler));
        Router router = builder.createRouter();
        problems.handleFailuresOf(router, this::methods);
        return router;
    }

    private String methods(String path) {
        return METHODS.stream()
                .filter(method -> contract.findOperation(path, method) != null)
                .map(HttpMethod::name)
                .collect(Collectors.joining(", "));
    }

    private static OpenAPIRoute route(RouterBuilder builder, String operationId) {
        OpenAPIRoute route = builder.getRoute(operationId);
        if (route == null) {
            throw new IllegalStateException(
                    "openapi.yaml does not name the operation " + operationId);
        }
        // The key is checked for every address alike, before the body is read.
        return route.setDoSecurity(false);
    }
}
