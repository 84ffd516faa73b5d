package io.flexir.scheduler.api.events;

import io.vertx.core.buffer.Buffer;

/** Frames of {@code text/event-stream}. */
final class SseFrame {
    /** A comment, so that proxies do not take a quiet stream for a dead one. */
    static final Buffer HEARTBEAT = Buffer.buffer(": still here\n\n");

    private SseFrame() {}

    /** How long a client is to wait before it reconnects. */
    static Buffer retry(int millis) {
        return Buffer.buffer("retry: " + millis + "\n\n");
    }

    /**
     * @param json on one line
     */
    static Buffer event(EventId id, String name, byte[] json) {
        return event(id.toString(), name, json);
    }

    /** The same by any id. */
    static Buffer event(String id, String name, byte[] json) {
        return Buffer.buffer()
                .appendString("id: " + id + "\nevent: " + name + "\ndata: ")
                .appendBytes(json)
                .appendString("\n\n");
    }
}
