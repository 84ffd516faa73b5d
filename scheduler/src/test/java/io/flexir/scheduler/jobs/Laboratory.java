package io.flexir.scheduler.jobs;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.bundles.Manifests;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The topology under a clock that the test holds, with one pool of workers that the test plays. */
final class Laboratory implements AutoCloseable {
    static final String MODEL = "denoise-color-25-s";
    static final int DEPTH = 6;

    private final MessageCodec codec = new MessageCodec();
    private final TopologyTestDriver driver;
    final CountedEvents events = new CountedEvents();

    Laboratory() {
        this(new BudgetPolicy.Load(30), Requests.START);
    }

    Laboratory(BudgetPolicy policy, Instant start) {
        this(rules(policy, 1000), start);
    }

    Laboratory(JobsRules rules, Instant start) {
        this(rules, start, List.of(), BundleCatalog.of(List.of(Manifests.bundle(MODEL, DEPTH))));
    }

    private Laboratory(
            JobsRules rules,
            Instant start,
            List<KeyValue<String, byte[]>> ledger,
            BundleCatalog bundles) {
        Instance instance = Instance.of(rules, 1, bundles, events);
        driver =
                new TopologyTestDriver(
                        JobsTopology.of(instance, holding(ledger)), properties(), start);
    }

    /** A scheduler that knows these models. */
    static Laboratory with(Bundle... bundles) {
        return new Laboratory(
                rules(new BudgetPolicy.Load(30), 1000),
                Requests.START,
                List.of(),
                BundleCatalog.of(List.of(bundles)));
    }

    static JobsRules rules(BudgetPolicy policy, int maxWaiting) {
        return new JobsRules(
                List.of("cpu"),
                2,
                Duration.ofSeconds(10),
                new Patience(Duration.ofSeconds(60), Duration.ofMinutes(10)),
                policy,
                new Limits(3, Duration.ofSeconds(1), 0.2, maxWaiting, Duration.ofHours(1), 1000),
                Duration.ofMillis(20));
    }

    /** A scheduler that starts where another one stopped. */
    static Laboratory restarted(Laboratory before) {
        return new Laboratory(
                rules(new BudgetPolicy.Load(30), 1000),
                before.now(),
                before.ledger(),
                BundleCatalog.of(List.of(Manifests.bundle(MODEL, DEPTH))));
    }

    Instant now() {
        return Requests.START.plus(elapsed);
    }

    private Duration elapsed = Duration.ZERO;

    void pass(Duration time) {
        elapsed = elapsed.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** Time goes by second by second, while the workers keep saying the same. */
    void pass(Duration time, Runnable eachSecond) {
        for (long second = 0; second < time.toSeconds(); second++) {
            eachSecond.run();
            pass(Duration.ofSeconds(1));
        }
    }

    void tick() {
        pass(Duration.ofMillis(20));
    }

    void submit(Requests... jobs) {
        for (Requests job : jobs) {
            submit(job.id(), job.request());
        }
    }

    void submit(String key, RestorationRequest request) {
        write(Topics.REQUESTS, key, MessageType.REQUEST, request);
    }

    void worker(int slots, int freeSlots, String... holds) {
        worker(WorkerHeartbeat.State.READY, slots, freeSlots, holds);
    }

    /** The worker cannot reach what every order needs. */
    void pausedWorker(int slots, String... holds) {
        worker(WorkerHeartbeat.State.PAUSED, slots, 0, holds);
    }

    private void worker(WorkerHeartbeat.State state, int slots, int freeSlots, String... holds) {
        List<InFlightJob> held =
                Arrays.stream(holds)
                        .map(
                                id ->
                                        new InFlightJob(
                                                new JobId(id),
                                                1,
                                                InFlightJob.Phase.RESTORING,
                                                1,
                                                0,
                                                4))
                        .toList();
        WorkerHeartbeat heartbeat =
                new WorkerHeartbeat(
                        "worker-1",
                        "cpu",
                        new Device("cpu", "a cpu", 2),
                        state,
                        slots,
                        freeSlots,
                        List.of(),
                        held,
                        Requests.START,
                        now());
        write(Topics.WORKERS, "worker-1", MessageType.HEARTBEAT, heartbeat);
    }

    void report(WorkerReport report) {
        write(Topics.REPORTS, report.jobId().value(), MessageType.REPORT, report);
    }

    void control(ControlRecord record) {
        write(Topics.CONTROL, record.key(), MessageType.CONTROL, record);
    }

    void cancel(String id) {
        control(new ControlRecord.CancelJob(new JobId(id), Requests.TENANT, now()));
    }

    <T> void write(String topic, String key, MessageType<T> type, T message) {
        TestRecord<String, byte[]> record =
                new TestRecord<>(key, message == null ? null : codec.encode(message), now());
        CloudEvent.headers(type, "test", "/test", now())
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        input(topic).pipeInput(record);
    }

    void writeBytes(String topic, String key, byte[] value) {
        input(topic).pipeInput(new TestRecord<>(key, value, now()));
    }

    List<WorkOrder> orders() {
        return read(Topics.work("cpu"), MessageType.WORK_ORDER);
    }

    List<String> orderedJobs() {
        return orders().stream().map(order -> order.jobId().value()).toList();
    }

    List<Outcome> outcomes() {
        return read(Topics.OUTCOMES, MessageType.OUTCOME);
    }

    List<JobView> views() {
        return read(Topics.JOBS, MessageType.JOB);
    }

    /** Keys of the records of the jobs topic, those that were deleted with a minus. */
    List<String> viewKeys() {
        return records(Topics.JOBS).stream()
                .map(record -> (record.value() == null ? "-" : "") + record.key())
                .toList();
    }

    void purge(String id) {
        control(new ControlRecord.PurgeJob(new JobId(id), Requests.TENANT, null, now()));
    }

    List<DeadLetter> deadLetters() {
        return read(Topics.DEAD_LETTER, MessageType.DEAD_LETTER);
    }

    /** Keys of the records that were written to the control topic. */
    List<String> controlKeys() {
        return records(Topics.CONTROL).stream().map(TestRecord::key).toList();
    }

    List<KeyValue<String, byte[]>> ledger() {
        List<KeyValue<String, byte[]>> entries = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store().all()) {
            all.forEachRemaining(entries::add);
        }
        return entries;
    }

    private KeyValueStore<String, byte[]> store() {
        return driver.getKeyValueStore(Ledger.STORE);
    }

    private <T> List<T> read(String topic, MessageType<T> type) {
        return records(topic).stream().flatMap(record -> decode(type, record)).toList();
    }

    private <T> Stream<T> decode(MessageType<T> type, TestRecord<String, byte[]> record) {
        String eventType = EventHeaders.typeOf(record.headers());
        return switch (codec.decode(type, eventType, record.value())) {
            case Decoded.Message<T> message -> Stream.of(message.value());
            case Decoded.Refused<T> refused -> throw new AssertionError(refused.reason());
        };
    }

    private List<TestRecord<String, byte[]>> records(String topic) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    /** What Streams does from the changelog: the store is filled before the processor starts. */
    private static KeyValueBytesStoreSupplier holding(List<KeyValue<String, byte[]>> entries) {
        KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore(Ledger.STORE).get();
        entries.forEach(
                entry ->
                        store.put(
                                Bytes.wrap(entry.key.getBytes(StandardCharsets.UTF_8)),
                                entry.value));
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return Ledger.STORE;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return store;
            }

            @Override
            public String metricsScope() {
                return "in-memory";
            }
        };
    }

    @Override
    public void close() {
        driver.close();
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "laboratory");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        return properties;
    }
}
