package io.flexir.worker.intake;

import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.worker.kafka.Event;
import io.flexir.worker.kafka.EventProducer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** Sets records aside that are no orders, with their bytes and the reason. */
final class DeadLetters {
    private final EventProducer producer;
    private final Clock clock;

    DeadLetters(EventProducer producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /**
     * Completes when the broker has the dead letter.
     *
     * @param type the record's {@code ce_type} header
     */
    CompletableFuture<Void> setAside(
            ConsumerRecord<String, byte[]> record, @Nullable String type, String reason) {
        DeadLetter letter =
                DeadLetter.of(
                        new DeadLetter.Origin(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                record.key(),
                                type),
                        reason,
                        record.value(),
                        clock.instant());
        return producer.send(
                new Event<>(
                        Topics.DEAD_LETTER,
                        null,
                        MessageType.DEAD_LETTER,
                        letter,
                        letter.eventId(),
                        letter.at()));
    }
}
