package io.flexir.worker.kafka;

import io.flexir.contracts.wire.MessageType;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One message on its way out.
 *
 * @param topic where to
 * @param key of the record; none where the topic has no keys
 * @param type kind and version of the message
 * @param message what is said
 * @param id unique for this worker: the same id is the same event
 * @param time when it happened
 */
public record Event<T>(
        String topic,
        @Nullable String key,
        MessageType<T> type,
        T message,
        String id,
        Instant time) {}
