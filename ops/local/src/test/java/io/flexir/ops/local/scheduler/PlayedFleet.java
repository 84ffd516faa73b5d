package io.flexir.ops.local.scheduler;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Clients and workers of a scheduler, played by the test over a real broker. */
final class PlayedFleet implements AutoCloseable {
    static final TenantId TENANT = new TenantId("museum");
    static final String MODEL = "denoise-color-25-s";

    private final MessageCodec codec = new MessageCodec();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> work;
    private final KafkaConsumer<String, byte[]> ends;
    final List<WorkOrder> orders = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();

    PlayedFleet(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringSerializer(),
                        new ByteArraySerializer());
        work = consumer(bootstrapServers, Topics.work("cpu"));
        ends = consumer(bootstrapServers, Topics.OUTCOMES);
    }

    static RestorationRequest request(String id) {
        return new RestorationRequest(
                new JobId(id),
                TENANT,
                ObjectReference.latest("images", id),
                MODEL,
                null,
                null,
                null,
                new ImageSize(64, 64),
                null,
                Instant.now());
    }

    void submit(String id) {
        send(Topics.REQUESTS, null, id, MessageType.REQUEST, request(id));
    }

    /** As producers do that partition by another hash. */
    void submitTo(int partition, String id) {
        send(Topics.REQUESTS, partition, id, MessageType.REQUEST, request(id));
    }

    void heartbeat(int slots) {
        WorkerHeartbeat heartbeat =
                new WorkerHeartbeat(
                        "worker-1",
                        "cpu",
                        new Device("cpu", "a cpu", 2),
                        WorkerHeartbeat.State.READY,
                        slots,
                        0,
                        List.of(),
                        List.of(),
                        Instant.now(),
                        Instant.now());
        send(Topics.WORKERS, null, heartbeat.workerId(), MessageType.HEARTBEAT, heartbeat);
    }

    <T> void send(String topic, Integer partition, String key, MessageType<T> type, T message) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, partition, key, codec.encode(message));
        CloudEvent.headers(type, UUID.randomUUID().toString(), "/test", Instant.now())
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        var _ = producer.send(record);
        producer.flush();
    }

    /** Reads the orders and outcomes that came, and answers the orders. */
    void work() {
        look().forEach(this::answer);
    }

    /** Reads what came, answers nothing, and returns the new orders. */
    List<WorkOrder> look() {
        List<WorkOrder> come = read(work, MessageType.WORK_ORDER);
        orders.addAll(come);
        outcomes.addAll(read(ends, MessageType.OUTCOME));
        return come;
    }

    void answer(WorkOrder order) {
        WorkerReport report =
                new WorkerReport.Rejected(
                        order.jobId(),
                        order.attempt(),
                        "worker-1",
                        Instant.now(),
                        new Rejection(Rejection.Reason.CORRUPT_IMAGE, "played"));
        send(Topics.REPORTS, null, order.jobId().value(), MessageType.REPORT, report);
    }

    private <T> List<T> read(KafkaConsumer<String, byte[]> consumer, MessageType<T> type) {
        List<T> messages = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
            decode(type, record).forEach(messages::add);
        }
        return messages;
    }

    private <T> Stream<T> decode(MessageType<T> type, ConsumerRecord<String, byte[]> record) {
        return switch (codec.decode(type, type.eventType(), record.value())) {
            case Decoded.Message<T> message -> Stream.of(message.value());
            case Decoded.Refused<T> refused -> throw new AssertionError(refused.reason());
        };
    }

    private static KafkaConsumer<String, byte[]> consumer(String bootstrapServers, String topic) {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "group.id",
                                "test-" + UUID.randomUUID(),
                                "isolation.level",
                                "read_committed",
                                "auto.offset.reset",
                                "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    @Override
    public void close() {
        producer.close();
        work.close();
        ends.close();
    }
}
