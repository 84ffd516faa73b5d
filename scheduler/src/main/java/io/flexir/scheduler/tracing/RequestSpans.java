package io.flexir.scheduler.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;

/** Spans of HTTP requests, as OpenTelemetry's conventions for servers name them. Thread-safe. */
public final class RequestSpans {
    private static final int SERVER_ERROR = 500;

    private final Tracing tracing;

    public RequestSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * Begins one, under the client's if it names it; never ends by itself.
     *
     * @param route the path with its parameters unfilled
     */
    public Span begin(HttpServerRequest request, String route) {
        if (!tracing.isOn()) {
            return Span.getInvalid();
        }
        String method = request.method().name();
        Span span =
                tracing.tracer()
                        .spanBuilder(method + " " + route)
                        .setSpanKind(SpanKind.SERVER)
                        .setParent(
                                tracing.propagator()
                                        .extract(
                                                Context.root(), request.headers(), Carried.HEADERS))
                        .setAttribute("http.request.method", method)
                        .setAttribute("http.route", route)
                        .setAttribute("url.path", request.path())
                        .setAttribute("url.scheme", request.isSSL() ? "https" : "http")
                        .startSpan();
        String agent = request.getHeader("User-Agent");
        if (agent != null) {
            span.setAttribute("user_agent.original", agent);
        }
        return span;
    }

    /** Ends it with the answer. */
    public static void end(Span span, int status) {
        span.setAttribute("http.response.status_code", status);
        if (status >= SERVER_ERROR) {
            span.setAttribute("error.type", Integer.toString(status));
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    /** The same call, on whatever thread, for the sake of that request. */
    public static <T> Callable<T> within(Span request, Callable<T> call) {
        if (!request.getSpanContext().isValid()) {
            return call;
        }
        Span borrowed = Span.wrap(request.getSpanContext());
        return () -> {
            try (Doing _ = Doing.within(borrowed)) {
                return call.call();
            }
        };
    }

    private enum Carried implements TextMapGetter<MultiMap> {
        HEADERS;

        @Override
        public @Nullable String get(@Nullable MultiMap headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }
}
