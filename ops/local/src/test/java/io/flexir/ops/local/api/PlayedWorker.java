package io.flexir.ops.local.api;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A worker, played by the test: says what a worker says, and restores nothing. */
final class PlayedWorker implements AutoCloseable {
    private static final String ID = "played-1";

    private final MessageCodec codec = new MessageCodec();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> work;
    private final Map<String, WorkOrder> orders = new HashMap<>();

    PlayedWorker(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringSerializer(),
                        new ByteArraySerializer());
        work =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                work.partitionsFor(Topics.work("cpu")).stream()
                        .map(
                                partition ->
                                        new TopicPartition(
                                                partition.topic(), partition.partition()))
                        .toList();
        work.assign(partitions);
        work.seekToBeginning(partitions);
    }

    /** The order for a job, if it has come. */
    Optional<WorkOrder> order(String jobId) {
        work.poll(Duration.ofMillis(20))
                .forEach(
                        record -> {
                            if (codec.decode(
                                            MessageType.WORK_ORDER,
                                            MessageType.WORK_ORDER.eventType(),
                                            record.value())
                                    instanceof Decoded.Message<WorkOrder>(WorkOrder order)) {
                                orders.put(record.key(), order);
                            }
                        });
        return Optional.ofNullable(orders.get(jobId));
    }

    /** Offers so many slots and names the jobs it holds. */
    void heartbeat(int slots, InFlightJob... jobs) {
        Instant now = Instant.now();
        WorkerHeartbeat heartbeat =
                new WorkerHeartbeat(
                        ID,
                        "cpu",
                        new Device("cpu", "played", 1),
                        WorkerHeartbeat.State.READY,
                        slots,
                        slots - jobs.length,
                        List.of(),
                        List.of(jobs),
                        now,
                        now);
        send(Topics.WORKERS, ID, MessageType.HEARTBEAT, heartbeat);
    }

    /** Takes no more orders. */
    void stop() {
        Instant now = Instant.now();
        WorkerHeartbeat last =
                new WorkerHeartbeat(
                        ID,
                        "cpu",
                        new Device("cpu", "played", 1),
                        WorkerHeartbeat.State.STOPPED,
                        1,
                        0,
                        List.of(),
                        List.of(),
                        now,
                        now);
        send(Topics.WORKERS, ID, MessageType.HEARTBEAT, last);
    }

    InFlightJob restoring(WorkOrder order, int regionsDone) {
        return new InFlightJob(
                order.jobId(), order.attempt(), InFlightJob.Phase.RESTORING, 2, regionsDone, 10);
    }

    void reportRestored(WorkOrder order, ObjectReference result, long bytes) {
        ImageSize size = new ImageSize(33, 21);
        Receipt receipt =
                new Receipt(
                        order.request().input(),
                        result,
                        "ab".repeat(32),
                        "image/png",
                        bytes,
                        bytes,
                        size,
                        size,
                        order.models().getFirst().name(),
                        order.models().getFirst().digest(),
                        null,
                        order.policyVersion(),
                        order.budget(),
                        order.inference(),
                        List.of(new RegionReceipt(0, 0, 33, 21, order.budget().target(), null)),
                        1.5,
                        new PhaseSeconds(0, 0, 1, 0, 0, 0),
                        new Energy(1, "played"),
                        false,
                        ID,
                        "cpu",
                        order.attempt());
        send(
                Topics.REPORTS,
                order.jobId().value(),
                MessageType.REPORT,
                new WorkerReport.Restored(
                        order.jobId(), order.attempt(), ID, Instant.now(), receipt));
    }

    void reportFailed(WorkOrder order, Failure failure) {
        send(
                Topics.REPORTS,
                order.jobId().value(),
                MessageType.REPORT,
                new WorkerReport.Failed(
                        order.jobId(), order.attempt(), ID, Instant.now(), failure));
    }

    @Override
    public void close() {
        producer.close();
        work.close();
    }

    private <T> void send(String topic, String key, MessageType<T> type, T message) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, key, codec.encode(message));
        CloudEvent.headers(type, UUID.randomUUID().toString(), "/test", Instant.now())
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        var _ = producer.send(record);
        producer.flush();
    }
}
