package io.flexir.scheduler.tracing;

import io.flexir.contracts.request.TraceParent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * Spans of Kafka's records, as OpenTelemetry's conventions for messaging name them; records carry
 * them on as headers. Thread-safe.
 */
public final class MessageSpans {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> TOPIC =
            AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> TYPE =
            AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> KEY =
            AttributeKey.stringKey("messaging.kafka.message.key");
    private static final AttributeKey<String> PARTITION =
            AttributeKey.stringKey("messaging.destination.partition.id");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");

    private final Tracing tracing;

    public MessageSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Whether there are any. */
    public boolean areOn() {
        return tracing.isOn();
    }

    /**
     * What a record causes, under the span that sent it.
     *
     * @param otherwise what it is under when the record carries nothing
     */
    public Doing process(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            Headers headers,
            @Nullable TraceParent otherwise) {
        if (!tracing.isOn()) {
            return Doing.UNTRACED;
        }
        Context carried = tracing.propagator().extract(Context.root(), headers, Carried.HEADERS);
        boolean carries = Span.fromContext(carried).getSpanContext().isValid();
        Span span =
                tracing.tracer()
                        .spanBuilder("process " + topic)
                        .setSpanKind(SpanKind.CONSUMER)
                        .setParent(carries || otherwise == null ? carried : under(otherwise))
                        .setAttribute(SYSTEM, "kafka")
                        .setAttribute(TOPIC, topic)
                        .setAttribute(OPERATION, "process")
                        .setAttribute(TYPE, "process")
                        .setAttribute(PARTITION, Integer.toString(partition))
                        .setAttribute(OFFSET, offset)
                        .startSpan();
        if (key != null) {
            span.setAttribute(KEY, key);
        }
        return Doing.within(span);
    }

    /**
     * The sending of a record, if this thread is in a span.
     *
     * @param headers that carry it on
     */
    public Doing send(String topic, @Nullable String key, Headers headers) {
        if (!tracing.isOn() || !Span.current().getSpanContext().isValid()) {
            return Doing.UNTRACED;
        }
        Span span =
                tracing.tracer()
                        .spanBuilder("send " + topic)
                        .setSpanKind(SpanKind.PRODUCER)
                        .setAttribute(SYSTEM, "kafka")
                        .setAttribute(TOPIC, topic)
                        .setAttribute(OPERATION, "send")
                        .setAttribute(TYPE, "send")
                        .startSpan();
        if (key != null) {
            span.setAttribute(KEY, key);
        }
        tracing.propagator()
                .inject(
                        Context.current().with(span),
                        headers,
                        (_, name, value) ->
                                headers.remove(name)
                                        .add(name, value.getBytes(StandardCharsets.UTF_8)));
        return Doing.within(span);
    }

    /**
     * Goes on where a job was left, if this thread is in no span; no span of its own.
     *
     * @param job where the job belongs
     */
    public Doing resume(@Nullable TraceParent job) {
        return !tracing.isOn() || job == null || Span.current().getSpanContext().isValid()
                ? Doing.UNTRACED
                : Doing.within(Span.wrap(TraceParents.spanOf(job)));
    }

    private static Context under(TraceParent parent) {
        return Context.root().with(Span.wrap(TraceParents.spanOf(parent)));
    }

    private enum Carried implements TextMapGetter<Headers> {
        HEADERS;

        @Override
        public @Nullable String get(@Nullable Headers headers, String name) {
            Header header = headers == null ? null : headers.lastHeader(name);
            return header == null || header.value() == null
                    ? null
                    : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
