package io.flexir.worker.kafka;

import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.worker.config.KafkaSettings;
import io.flexir.worker.tracing.Doing;
import io.flexir.worker.tracing.MessageSpans;
import io.flexir.worker.tracing.Tracing;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The one producer of a worker: idempotent, acknowledged by all in-sync replicas. Thread-safe, but
 * never for an event loop: sending blocks while the broker's metadata are unknown.
 */
public final class EventProducer implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_MESSAGE_BYTES = 4 << 20;

    private final KafkaProducer<String, byte[]> producer;
    private final MessageCodec codec = new MessageCodec();
    private final String source;
    private final MessageSpans spans;

    /**
     * @param workerId names the client, and the source of its events
     */
    public EventProducer(KafkaSettings settings, String workerId) {
        this(settings, workerId, Tracing.OFF);
    }

    /**
     * @param workerId names the client, and the source of its events
     * @param tracing of what is sent for an order
     */
    public EventProducer(KafkaSettings settings, String workerId, Tracing tracing) {
        this.spans = new MessageSpans(tracing);
        this.source = "/flexir/worker/" + workerId;
        this.producer = new KafkaProducer<>(properties(settings, workerId));
    }

    private static Map<String, Object> properties(KafkaSettings settings, String workerId) {
        Map<String, Object> properties = ClientProperties.of(settings, workerId + "-producer");
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // A worker waits for each report, and nothing else is to be sent meanwhile.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        // A receipt of thousands of regions passes the broker's limit of 1 MiB only when it is
        // compressed.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
        return properties;
    }

    /**
     * Sends one event; completes when the broker has it, exceptionally when it does not take it in
     * time.
     */
    public CompletableFuture<Void> send(Event<?> event) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        ProducerRecord<String, byte[]> record = record(event);
        Doing sending = spans.send(record.topic(), record.key(), record.headers());
        try {
            var _ =
                    producer.send(
                            record,
                            (metadata, problem) -> {
                                if (problem == null) {
                                    sending.end();
                                    acknowledged.complete(null);
                                } else {
                                    notTaken(sending, problem);
                                    acknowledged.completeExceptionally(problem);
                                }
                            });
        } catch (KafkaException | IllegalStateException refused) {
            notTaken(sending, refused);
            acknowledged.completeExceptionally(refused);
        } finally {
            sending.leave();
        }
        return acknowledged;
    }

    private static void notTaken(Doing sending, Exception problem) {
        sending.failed("unacknowledged", problem.getMessage());
        sending.end();
    }

    private ProducerRecord<String, byte[]> record(Event<?> event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(event.topic(), event.key(), codec.encode(event.message()));
        CloudEvent.headers(event.type(), event.id(), source, event.time())
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** Waits a few seconds for what is under way. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
