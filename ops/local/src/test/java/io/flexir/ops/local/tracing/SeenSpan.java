package io.flexir.ops.local.tracing;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A span as it was exported.
 *
 * @param service whose it is
 * @param parentId empty for one without a parent
 * @param attributes those that are strings or whole numbers
 */
record SeenSpan(
        String service,
        String traceId,
        String spanId,
        String parentId,
        String name,
        Span.SpanKind kind,
        boolean failed,
        Map<String, String> attributes) {
    static SeenSpan of(String service, Span span) {
        return new SeenSpan(
                service,
                HexFormat.of().formatHex(span.getTraceId().toByteArray()),
                HexFormat.of().formatHex(span.getSpanId().toByteArray()),
                HexFormat.of().formatHex(span.getParentSpanId().toByteArray()),
                span.getName(),
                span.getKind(),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                span.getAttributesList().stream()
                        .collect(Collectors.toMap(KeyValue::getKey, SeenSpan::text)));
    }

    static String text(KeyValue attribute) {
        return attribute.getValue().hasIntValue()
                ? Long.toString(attribute.getValue().getIntValue())
                : attribute.getValue().getStringValue();
    }
}
