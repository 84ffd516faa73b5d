package io.flexir.contracts.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers of CloudEvents 1.0 in binary mode over Kafka: {@code ce_} and the attribute's name.
 */
public final class CloudEvent {
    public static final String TYPE_HEADER = "ce_type";

    private CloudEvent() {}

    /**
     * Headers of one message, in a stable order.
     *
     * @param type kind and version of the message
     * @param id unique for its source: the same id is the same event
     * @param source who says it, a URI reference such as {@code /flexir/scheduler}
     * @param time when it happened
     */
    public static Map<String, String> headers(
            MessageType<?> type, String id, String source, Instant time) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put(TYPE_HEADER, type.eventType());
        headers.put("ce_id", id);
        headers.put("ce_source", source);
        headers.put("ce_time", InstantText.of(time));
        headers.put("content-type", "application/json");
        return headers;
    }
}
