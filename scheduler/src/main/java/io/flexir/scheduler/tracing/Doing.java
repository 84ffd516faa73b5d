package io.flexir.scheduler.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What one thread does within one span, from the making of this to {@link #close}: spans that begin
 * meanwhile come under it, and lines of the log have its {@code trace_id} and {@code span_id}.
 */
public final class Doing implements AutoCloseable {
    /** What is not traced. */
    static final Doing UNTRACED = new Doing(Span.getInvalid(), Scope.noop(), null, null);

    private static final String TRACE = "trace_id";
    private static final String SPAN = "span_id";

    private final Span span;
    private final Scope scope;
    private final @Nullable String outerTrace;
    private final @Nullable String outerSpan;

    private Doing(Span span, Scope scope, @Nullable String outerTrace, @Nullable String outerSpan) {
        this.span = span;
        this.scope = scope;
        this.outerTrace = outerTrace;
        this.outerSpan = outerSpan;
    }

    /** Within this span, which ends with it. */
    @SuppressWarnings("MustBeClosedChecker") // by whoever closes this
    static Doing within(Span span) {
        SpanContext context = span.getSpanContext();
        Doing doing = new Doing(span, span.makeCurrent(), MDC.get(TRACE), MDC.get(SPAN));
        MDC.put(TRACE, context.getTraceId());
        MDC.put(SPAN, context.getSpanId());
        return doing;
    }

    /**
     * It did not succeed.
     *
     * @param type of error, a word of a closed set
     */
    public void failed(String type, @Nullable String description) {
        span.setAttribute("error.type", type);
        span.setStatus(StatusCode.ERROR, description == null ? "" : description);
    }

    @Override
    public void close() {
        if (this != UNTRACED) {
            scope.close();
            restore(TRACE, outerTrace);
            restore(SPAN, outerSpan);
            span.end();
        }
    }

    private static void restore(String field, @Nullable String outer) {
        if (outer == null) {
            MDC.remove(field);
        } else {
            MDC.put(field, outer);
        }
    }
}
