package io.flexir.scheduler.jobs;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.function.Function;

/**
 * Turns bytes into messages, and sets aside those that are none: nothing that is read stops the
 * topology.
 */
final class MessageReader<T>
        implements Processor<@Nullable String, byte @Nullable [], @Nullable String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);

    /**
     * A job's view repeats its request and its report. Were it larger than the megabyte that a
     * record may have, it could not be written, and the topology would stop at it for ever.
     */
    private static final int MAX_BYTES = 768 * 1024;

    private final MessageType<T> type;
    private final Function<T, JobInput> input;
    private final MessageCodec codec;
    private final JobEvents events;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<@Nullable String, Object> context;

    MessageReader(
            MessageType<T> type,
            Function<T, JobInput> input,
            MessageCodec codec,
            JobEvents events) {
        this.type = type;
        this.input = input;
        this.codec = codec;
        this.events = events;
    }

    @Override
    public void init(ProcessorContext<@Nullable String, Object> initialized) {
        this.context = initialized;
    }

    @Override
    public void process(Record<@Nullable String, byte @Nullable []> record) {
        if (!isJobId(record.key())) {
            setAside(record, "the record's key is no job id: " + record.key());
            return;
        }
        if (record.value() != null && record.value().length > MAX_BYTES) {
            setAside(record, "it has more than " + MAX_BYTES + " bytes");
            return;
        }
        switch (codec.decode(type, EventHeaders.typeOf(record.headers()), record.value())) {
            case Decoded.Message<T> message ->
                    context.forward(
                            record.withValue(input.apply(message.value())), JobsTopology.PROCESSOR);
            case Decoded.Refused<T> refused -> setAside(record, refused.reason());
        }
    }

    private void setAside(Record<@Nullable String, byte @Nullable []> record, String reason) {
        RecordMetadata where = context.recordMetadata().orElseThrow();
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        DeadLetter letter =
                DeadLetter.of(
                        new DeadLetter.Origin(
                                where.topic(),
                                where.partition(),
                                where.offset(),
                                record.key(),
                                EventHeaders.typeOf(record.headers())),
                        reason,
                        record.value(),
                        now);
        context.forward(
                new Record<>(
                        null,
                        codec.encode(letter),
                        now.toEpochMilli(),
                        EventHeaders.of(MessageType.DEAD_LETTER, letter.eventId(), now)),
                Outbox.Sinks.DEAD_LETTER);
        events.deadLettered(where.topic());
        LOG.warn(
                "event=record_set_aside topic={} partition={} offset={} reason=\"{}\"",
                where.topic(),
                where.partition(),
                where.offset(),
                letter.reason());
    }

    /** A missing key is made good for by the message's own job id. */
    private static boolean isJobId(@Nullable String key) {
        try {
            return key == null || new JobId(key) != null;
        } catch (InvalidFieldException noName) {
            return false;
        }
    }
}
