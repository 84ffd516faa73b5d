package io.flexir.scheduler.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;

import java.util.function.Supplier;

/**
 * Spans of requests to the object store, as OpenTelemetry's conventions for S3 name them. Only what
 * a job or a client waits for is traced. Thread-safe.
 */
public final class StoreSpans {
    private final Tracing tracing;

    public StoreSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * Asks the store.
     *
     * @param operation S3's name for it, such as {@code GetObject}
     */
    public <T> T within(String operation, String bucket, String key, Supplier<T> question) {
        if (!tracing.isOn() || !Span.current().getSpanContext().isValid()) {
            return question.get();
        }
        Span span =
                tracing.tracer()
                        .spanBuilder("S3/" + operation)
                        .setSpanKind(SpanKind.CLIENT)
                        .setAttribute("rpc.system", "aws-api")
                        .setAttribute("rpc.service", "S3")
                        .setAttribute("rpc.method", operation)
                        .setAttribute("aws.s3.bucket", bucket)
                        .setAttribute("aws.s3.key", key)
                        .startSpan();
        try (Doing doing = Doing.within(span)) {
            try {
                return question.get();
            } catch (RuntimeException failure) {
                doing.failed(failure.getClass().getName(), failure.getMessage());
                throw failure;
            }
        }
    }
}
