package io.flexir.scheduler.api.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.webhook.WebhookDelivery;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.tracing.Doing;
import io.flexir.scheduler.tracing.MessageSpans;
import io.flexir.scheduler.tracing.Tracing;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Writes what clients ask for to the broker, and returns once it is durable. Thread-safe; blocks
 * for seconds at worst.
 */
public final class BrokerWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerWriter.class);
    private static final String SOURCE = "/flexir/scheduler/api";
    private static final Duration MAX_BLOCK = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final MessageCodec codec = new MessageCodec();
    private final MessageSpans spans;
    private final Producer<String, byte[]> producer;

    /**
     * @param clientProperties how to reach the broker
     */
    public BrokerWriter(Map<String, Object> clientProperties) {
        this(clientProperties, Tracing.OFF);
    }

    /**
     * @param clientProperties how to reach the broker
     * @param tracing of what is written for a client or a job
     */
    public BrokerWriter(Map<String, Object> clientProperties, Tracing tracing) {
        this.spans = new MessageSpans(tracing);
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "flexir-api");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        properties.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * @throws RefusedException when the broker did not acknowledge; the request may exist
     *     nevertheless
     */
    public void write(RestorationRequest request) {
        String id = request.jobId().value();
        write(Topics.REQUESTS, MessageType.REQUEST, id, request, id, request.submittedAt());
    }

    /**
     * @throws RefusedException when the broker did not acknowledge; the record may exist
     *     nevertheless
     */
    public void write(ControlRecord control) {
        send(record(control));
    }

    /**
     * Writes several; all are on their way before the first is waited for.
     *
     * @throws RefusedException when the broker did not acknowledge one of them; any may exist
     *     nevertheless
     */
    public void write(List<ControlRecord> controls) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(controls.size());
        try {
            for (ControlRecord control : controls) {
                sent.add(producer.send(record(control)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException | KafkaException failure) {
            LOG.warn(
                    "event=write_failed topic={} records={}",
                    Topics.CONTROL,
                    controls.size(),
                    failure);
            throw new RefusedException(unacknowledged());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RefusedException(unacknowledged());
        }
    }

    /**
     * @throws RefusedException when the broker did not acknowledge; the letter may exist
     *     nevertheless
     */
    public void write(DeadLetter letter) {
        write(
                Topics.DEAD_LETTER,
                MessageType.DEAD_LETTER,
                null,
                letter,
                letter.eventId(),
                letter.at());
    }

    /**
     * @throws RefusedException when the broker did not acknowledge; the record may exist
     *     nevertheless
     */
    public void write(WebhookDelivery delivery) {
        String id = delivery.jobId().value();
        write(
                Topics.WEBHOOKS,
                MessageType.WEBHOOK,
                id,
                delivery,
                id + "@" + delivery.updatedAt(),
                delivery.updatedAt());
    }

    /**
     * Forgets that a job's end is told.
     *
     * @throws RefusedException when the broker did not acknowledge
     */
    public void deleteWebhook(JobId job) {
        send(new ProducerRecord<>(Topics.WEBHOOKS, job.value(), null));
    }

    /**
     * Writes the record of a letter to its topic once more, as the same event.
     *
     * @param key of the record
     * @param type what it is read as
     * @throws RefusedException when the broker did not acknowledge; the record may exist
     *     nevertheless
     */
    public void writeAgain(DeadLetter letter, String key, MessageType<?> type, Instant at) {
        send(record(letter.topic(), type, key, letter.bytes(), letter.eventId(), at));
    }

    /**
     * Takes a control record back.
     *
     * @throws RefusedException when the broker did not acknowledge; it may be gone nevertheless
     */
    public void delete(String controlKey) {
        send(new ProducerRecord<>(Topics.CONTROL, controlKey, null));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private void write(
            String topic,
            MessageType<?> type,
            @Nullable String key,
            Object message,
            String eventId,
            Instant at) {
        send(record(topic, type, key, codec.encode(message), eventId, at));
    }

    private ProducerRecord<String, byte[]> record(ControlRecord control) {
        return record(
                Topics.CONTROL,
                MessageType.CONTROL,
                control.key(),
                codec.encode(control),
                control.key() + "@" + control.at(),
                control.at());
    }

    private static ProducerRecord<String, byte[]> record(
            String topic,
            MessageType<?> type,
            @Nullable String key,
            byte[] value,
            String eventId,
            Instant at) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        CloudEvent.headers(type, eventId, SOURCE, at)
                .forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try (Doing sending = spans.send(record.topic(), record.key(), record.headers())) {
            send(record, sending);
        }
    }

    private void send(ProducerRecord<String, byte[]> record, Doing sending) {
        try {
            producer.send(record).get();
        } catch (ExecutionException | KafkaException failure) {
            LOG.warn("event=write_failed topic={} key={}", record.topic(), record.key(), failure);
            sending.failed("unacknowledged", failure.getMessage());
            throw new RefusedException(unacknowledged());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RefusedException(unacknowledged());
        }
    }

    private static Problem unacknowledged() {
        return Problem.later(
                ProblemKind.UNAVAILABLE,
                "The broker did not acknowledge in time: it is not known whether the request was taken. Repeat it;"
                        + " with the same Idempotency-Key it cannot become a second job.",
                RETRY_AFTER);
    }
}
