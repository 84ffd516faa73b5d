package io.flexir.scheduler.api.http;

import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.tracing.RequestSpans;
import io.flexir.scheduler.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Counts and times every answer under its operation. */
public final class RequestObserver implements PlatformHandler {
    private static final String UNTIMED = "flexir.untimed";
    private static final String OPERATION = "flexir.operation";
    private static final String SPAN = "flexir.span";

    private final OpenAPIContract contract;
    private final SchedulerMetrics metrics;
    private final RequestSpans spans;

    public RequestObserver(OpenAPIContract contract, SchedulerMetrics metrics, Tracing tracing) {
        this.contract = contract;
        this.metrics = metrics;
        this.spans = new RequestSpans(tracing);
    }

    /** Leaves this request's time out: it lasts as long as its client likes. */
    static void doNotTime(RoutingContext context) {
        context.put(UNTIMED, true);
    }

    /** The same call within this request's span. */
    static <T> Callable<T> traced(RoutingContext context, Callable<T> call) {
        return RequestSpans.within(context.get(SPAN, Span.getInvalid()), call);
    }

    /** The operation that is asked for, or {@code none}. */
    static String operation(RoutingContext context) {
        return context.get(OPERATION, "none");
    }

    @Override
    public void handle(RoutingContext context) {
        long start = System.nanoTime();
        Operation operation = operationOf(context);
        String name = operation == null ? "none" : operation.getOperationId();
        context.put(OPERATION, name);
        Span span =
                operation == null
                        ? Span.getInvalid()
                        : spans.begin(context.request(), operation.getOpenAPIPath());
        context.put(SPAN, span);
        context.addEndHandler(
                ended -> {
                    int status = context.response().getStatusCode();
                    RequestSpans.end(span, status);
                    if (context.get(UNTIMED, false)) {
                        metrics.requestAnswered(name, status);
                    } else {
                        metrics.requestAnswered(
                                name, status, Duration.ofNanos(System.nanoTime() - start));
                    }
                });
        context.next();
    }

    /** Of the path as routes see it: unescaped, without dots and doubled or trailing slashes. */
    private @Nullable Operation operationOf(RoutingContext context) {
        String path = context.normalizedPath();
        String found =
                path.length() > 1 && path.endsWith("/")
                        ? path.substring(0, path.length() - 1)
                        : path;
        return found.startsWith("/")
                ? contract.findOperation(found, context.request().method())
                : null;
    }
}
