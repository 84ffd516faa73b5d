package io.flexir.worker.intake;

import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.worker.kafka.Event;
import io.flexir.worker.kafka.EventProducer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Sets records aside that are no orders, with their bytes and the reason. */
final class DeadLetters {
    private static final int MAX_REASON = 1000;

    private final EventProducer producer;
    private final Clock clock;

    DeadLetters(EventProducer producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** Completes when the broker has the dead letter. */
    CompletableFuture<Void> setAside(ConsumerRecord<String, byte[]> record, String reason) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        DeadLetter letter =
                new DeadLetter(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        printable(reason),
                        Arrays.copyOf(value, Math.min(value.length, DeadLetter.MAX_BYTES)),
                        clock.instant());
        String id = record.topic() + "/" + record.partition() + "/" + record.offset();
        return producer.send(
                new Event<>(
                        Topics.DEAD_LETTER,
                        null,
                        MessageType.DEAD_LETTER,
                        letter,
                        id,
                        letter.at()));
    }

    /** Parsers quote what they read, and that may be anything. */
    private static String printable(String reason) {
        String clean = reason.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= MAX_REASON ? clean : clean.substring(0, MAX_REASON);
    }
}
