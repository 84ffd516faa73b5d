package io.flexir.worker.tracing;

import io.flexir.contracts.request.TraceParent;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;

/** Between what is on the wire and OpenTelemetry. */
final class TraceParents {
    private static final int SPAN_BEGINS = 36;
    private static final int FLAGS_BEGIN = 53;

    private TraceParents() {}

    static SpanContext spanOf(TraceParent parent) {
        String text = parent.value();
        return SpanContext.createFromRemoteParent(
                parent.traceId(),
                text.substring(SPAN_BEGINS, FLAGS_BEGIN - 1),
                TraceFlags.fromHex(text, FLAGS_BEGIN),
                TraceState.getDefault());
    }
}
