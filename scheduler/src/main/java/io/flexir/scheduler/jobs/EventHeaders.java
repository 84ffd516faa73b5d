package io.flexir.scheduler.jobs;

import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.MessageType;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** CloudEvents attributes as Kafka headers. */
public final class EventHeaders {
    private static final String SOURCE = "/flexir/scheduler";

    private EventHeaders() {}

    static RecordHeaders of(MessageType<?> type, String id, Instant at) {
        RecordHeaders headers = new RecordHeaders();
        CloudEvent.headers(type, id, SOURCE, at)
                .forEach(
                        (name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    /** What a record says it is; none when it says nothing. */
    public static @Nullable String typeOf(Headers headers) {
        Header type = headers.lastHeader(CloudEvent.TYPE_HEADER);
        return type == null || type.value() == null
                ? null
                : new String(type.value(), StandardCharsets.UTF_8);
    }
}
