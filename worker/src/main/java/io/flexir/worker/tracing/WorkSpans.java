package io.flexir.worker.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;

/**
 * Spans of what a worker does for an order; of requests to the object store as OpenTelemetry's
 * conventions for S3 name them. Nothing is traced that is for no order. Thread-safe.
 */
public final class WorkSpans {
    private final Tracing tracing;

    public WorkSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** A part of the work. */
    public Doing part(String name) {
        return traces()
                ? Doing.within(tracing.tracer().spanBuilder(name).startSpan())
                : Doing.UNTRACED;
    }

    /**
     * A request to the object store.
     *
     * @param operation S3's name for it, such as {@code GetObject}
     */
    public Doing store(String operation, String bucket, String key) {
        return traces()
                ? Doing.within(
                        tracing.tracer()
                                .spanBuilder("S3/" + operation)
                                .setSpanKind(SpanKind.CLIENT)
                                .setAttribute("rpc.system", "aws-api")
                                .setAttribute("rpc.service", "S3")
                                .setAttribute("rpc.method", operation)
                                .setAttribute("aws.s3.bucket", bucket)
                                .setAttribute("aws.s3.key", key)
                                .startSpan())
                : Doing.UNTRACED;
    }

    private boolean traces() {
        return tracing.isOn() && Span.current().getSpanContext().isValid();
    }
}
