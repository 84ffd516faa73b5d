package io.flexir.scheduler.jobs;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The scheduler as one Kafka Streams topology: requests and reports come in, by job id; the ledger
 * holds what is known of each job; orders, views and outcomes go out, in the same transaction.
 */
final class JobsTopology {
    static final String PROCESSOR = "jobs";

    private static final String REQUESTS = "requests";
    private static final String REPORTS = "reports";
    private static final String REQUEST_READER = "read-requests";
    private static final String REPORT_READER = "read-reports";

    /**
     * The time to restore the ledger follows the records in its changelog: few, by compacting soon.
     */
    private static final Map<String, String> CHANGELOG =
            Map.of("segment.bytes", "16777216", "min.cleanable.dirty.ratio", "0.1");

    private JobsTopology() {}

    static Topology of(Instance instance) {
        return of(instance, Stores.inMemoryKeyValueStore(Ledger.STORE));
    }

    /** The same over a ledger of another kind. */
    static Topology of(Instance instance, KeyValueBytesStoreSupplier ledger) {
        Topology topology = new Topology();
        addReaders(topology, instance);
        topology.addProcessor(
                PROCESSOR, () -> new JobsProcessor(instance), REQUEST_READER, REPORT_READER);
        topology.addStateStore(logged(ledger), PROCESSOR);
        addSinks(topology, instance);
        addGlobals(topology, instance);
        return topology;
    }

    private static void addReaders(Topology topology, Instance instance) {
        MessageCodec codec = instance.codec();
        JobEvents events = instance.events();
        topology.addSource(
                AutoOffsetReset.earliest(),
                REQUESTS,
                ReportsFirst.REQUESTS,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topics.REQUESTS);
        topology.addSource(
                AutoOffsetReset.earliest(),
                REPORTS,
                ReportsFirst.REPORTS,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                Topics.REPORTS);
        topology.addProcessor(
                REQUEST_READER,
                () ->
                        new MessageReader<>(
                                MessageType.REQUEST, JobInput.Requested::new, codec, events),
                REQUESTS);
        topology.addProcessor(
                REPORT_READER,
                () ->
                        new MessageReader<>(
                                MessageType.REPORT, JobInput.Reported::new, codec, events),
                REPORTS);
    }

    private static void addSinks(Topology topology, Instance instance) {
        addSink(topology, Outbox.Sinks.JOBS, Topics.JOBS, PROCESSOR);
        addSink(topology, Outbox.Sinks.OUTCOMES, Topics.OUTCOMES, PROCESSOR);
        addSink(topology, Outbox.Sinks.CONTROL, Topics.CONTROL, PROCESSOR);
        addSink(topology, Outbox.Sinks.REQUESTS, Topics.REQUESTS, PROCESSOR);
        for (String pool : instance.rules().pools()) {
            addSink(topology, Outbox.Sinks.work(pool), Topics.work(pool), PROCESSOR);
        }
        addSink(
                topology,
                Outbox.Sinks.DEAD_LETTER,
                Topics.DEAD_LETTER,
                REQUEST_READER,
                REPORT_READER);
    }

    private static void addSink(Topology topology, String name, String topic, String... parents) {
        topology.addSink(name, topic, new StringSerializer(), new ByteArraySerializer(), parents);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> logged(
            KeyValueBytesStoreSupplier ledger) {
        return store(ledger).withCachingDisabled().withLoggingEnabled(CHANGELOG);
    }

    /**
     * Streams feeds a global store's processor with every record of its topic, from the first,
     * before any task starts. What the processors keep is decoded and shared, so the stores
     * themselves stay empty.
     */
    private static void addGlobals(Topology topology, Instance instance) {
        MessageCodec codec = instance.codec();
        addGlobal(
                topology,
                "workers",
                Topics.WORKERS,
                () -> new WorkersReader(instance.fleet(), codec));
        addGlobal(topology, "control", Topics.CONTROL, () -> new ControlReader(instance));
    }

    private static void addGlobal(
            Topology topology,
            String name,
            String topic,
            Supplier<Processor<String, byte[], Void, Void>> reader) {
        topology.addGlobalStore(
                store(Stores.inMemoryKeyValueStore(name)).withLoggingDisabled(),
                "all-" + name,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                topic,
                "read-" + name,
                reader::get);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(
            KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.String(), Serdes.ByteArray());
    }
}
