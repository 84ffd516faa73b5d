package io.flexir.ops.local.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.broker.BrokerSettings;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.EmbeddedBroker;
import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.store.EmbeddedObjectStore;
import io.flexir.ops.local.store.StoreSettings;
import io.flexir.worker.config.ComputeSettings;
import io.flexir.worker.config.ImageSettings;
import io.flexir.worker.config.KafkaSettings;
import io.flexir.worker.config.ManagementSettings;
import io.flexir.worker.config.Secret;
import io.flexir.worker.config.Timing;
import io.flexir.worker.config.WorkerConfig;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.storage.S3ObjectStore;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A broker and a store, and what a scheduler would say and hear: everything around a worker but the
 * worker.
 */
final class TestFleet implements AutoCloseable {
    static final Path MODELS = Path.of("..", "models");
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final long MAX_BYTES = 64L << 20;

    final EmbeddedBroker broker =
            EmbeddedBroker.start(BrokerSettings.in(DataDirectory.temporary()));
    final EmbeddedObjectStore storeServer =
            EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()));
    final ObjectStore store = new S3ObjectStore(storeSettings());
    private final KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    new StringSerializer(),
                    new ByteArraySerializer());
    private final TopicLog<WorkerReport> reports;
    private final TopicLog<WorkerHeartbeat> heartbeats;
    private final TopicLog<DeadLetter> deadLetters;

    TestFleet() {
        createPool("cpu", Duration.ofSeconds(15));
        reports = new TopicLog<>(broker.bootstrapServers(), Topics.REPORTS, MessageType.REPORT);
        heartbeats =
                new TopicLog<>(broker.bootstrapServers(), Topics.WORKERS, MessageType.HEARTBEAT);
        deadLetters =
                new TopicLog<>(
                        broker.bootstrapServers(), Topics.DEAD_LETTER, MessageType.DEAD_LETTER);
    }

    /**
     * Topics and share group of a pool of its own: what one test leaves behind, no other test
     * reads.
     */
    void createPool(String pool, Duration lock) {
        try (var admin = broker.admin()) {
            ClusterSetup setup = new ClusterSetup(admin);
            setup.createTopics(FleetTopics.topics(List.of(pool)));
            setup.configure(List.of(ShareGroupSpec.of(Topics.shareGroup(pool)).withLock(lock)));
        }
    }

    io.flexir.worker.config.StoreSettings storeSettings() {
        return new io.flexir.worker.config.StoreSettings(
                storeServer.endpoint(),
                "us-east-1",
                storeServer.credentials().accessKey(),
                Secret.of(storeServer.credentials().secretKey()),
                storeServer.bucket(),
                MAX_BYTES);
    }

    WorkerConfig worker(String id, String pool) {
        return worker(id, pool, Duration.ofSeconds(20));
    }

    WorkerConfig worker(String id, String pool, Duration grace) {
        return new WorkerConfig(
                id,
                pool,
                KafkaSettings.plain(broker.bootstrapServers()),
                storeSettings(),
                ComputeSettings.oneSlot(MODELS),
                ImageSettings.DEFAULT,
                new Timing(
                        Duration.ofMillis(500),
                        grace,
                        Timing.DEFAULT.longestStage(),
                        Duration.ofMinutes(10)),
                ManagementSettings.ANY_PORT);
    }

    /** Uploads an object and pins it. */
    ObjectReference upload(String key, byte[] bytes) {
        ObjectReference latest = ObjectReference.latest(storeServer.bucket(), key);
        store.store(latest, bytes, "image/png", ObjectStore.Existing.REPLACE);
        FetchOutcome outcome = store.fetch(latest, MAX_BYTES);
        assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
        return latest.pinnedTo(null, ((FetchOutcome.Fetched) outcome).etag());
    }

    byte[] download(ObjectReference object) {
        FetchOutcome outcome = store.fetch(object, MAX_BYTES);
        assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
        return ((FetchOutcome.Fetched) outcome).bytes();
    }

    void send(WorkOrder order) {
        send(
                Topics.work(order.pool()),
                order.jobId().value(),
                MessageType.WORK_ORDER,
                TopicLog.CODEC.encode(order));
    }

    void send(ControlRecord control) {
        send(Topics.CONTROL, control.key(), MessageType.CONTROL, TopicLog.CODEC.encode(control));
    }

    void send(String topic, String key, MessageType<?> type, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        record.headers().add("ce_type", type.eventType().getBytes(StandardCharsets.UTF_8));
        var _ = producer.send(record);
        producer.flush();
    }

    /** The first report of a job, once there is one. */
    WorkerReport report(String jobId) {
        return reports.await(report -> report.jobId().value().equals(jobId));
    }

    List<WorkerReport> reports(String jobId) {
        return reports.all().stream()
                .filter(report -> report.jobId().value().equals(jobId))
                .toList();
    }

    /** Every worker that ever said it held the job. */
    Set<String> holders(String jobId) {
        return heartbeats.all().stream()
                .filter(beat -> holds(beat, jobId))
                .map(WorkerHeartbeat::workerId)
                .collect(Collectors.toSet());
    }

    static boolean holds(WorkerHeartbeat beat, String jobId) {
        return beat.inFlight().stream().anyMatch(job -> job.jobId().value().equals(jobId));
    }

    WorkerHeartbeat heartbeat(Predicate<WorkerHeartbeat> wanted) {
        return heartbeats.await(wanted);
    }

    DeadLetter deadLetter(Predicate<DeadLetter> wanted) {
        return deadLetters.await(wanted);
    }

    /** Waits until some worker says that it is in the middle of the job's stages. */
    WorkerHeartbeat computing(String jobId) {
        return heartbeat(
                beat ->
                        beat.inFlight().stream()
                                .anyMatch(
                                        job ->
                                                job.jobId().value().equals(jobId)
                                                        && job.phase()
                                                                == InFlightJob.Phase.RESTORING
                                                        && job.stage() > 0));
    }

    static void awaitReady(io.flexir.worker.Worker worker) {
        await().atMost(PATIENCE).until(worker::isReady);
    }

    @Override
    public void close() {
        reports.close();
        heartbeats.close();
        deadLetters.close();
        producer.close(Duration.ZERO);
        store.close();
        storeServer.close();
        broker.close();
    }
}
