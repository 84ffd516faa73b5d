package io.flexir.ops.bench.flow;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.audit.TopicCensus;
import io.flexir.ops.local.broker.BrokerSettings;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.EmbeddedBroker;
import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.broker.TopicSpec;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.config.JobsConfig;
import io.flexir.scheduler.config.KafkaConfig;
import io.flexir.scheduler.jobs.JobsStreams;
import io.flexir.scheduler.metrics.SchedulerMetrics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A broker of its own with the fleet's topics, and a pool that takes whatever it is sent. */
final class FlowCluster implements AutoCloseable {
    static final String BARE_SINK = "bench.bare.v1";

    private static final List<String> POOLS = JobsConfig.DEFAULT.pools();

    private final EmbeddedBroker broker;
    private final Clients clients;
    private final PretendPool pool;

    private FlowCluster(EmbeddedBroker broker, int orders) {
        this.broker = broker;
        this.clients = new Clients(broker.bootstrapServers());
        this.pool = new PretendPool(clients, orders);
    }

    /**
     * @param orders that there will be at most
     */
    static FlowCluster start(int orders) {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(DataDirectory.temporary()));
        try (Admin admin = broker.admin()) {
            new ClusterSetup(admin).createTopics(topics());
        }
        return new FlowCluster(broker, orders);
    }

    Clients clients() {
        return clients;
    }

    /** The bare loop's sink has as many partitions as a pool's orders. */
    private static List<TopicSpec> topics() {
        List<TopicSpec> fleet = FleetTopics.topics(POOLS);
        TopicSpec work =
                fleet.stream()
                        .filter(topic -> topic.name().equals(Topics.work(POOLS.getFirst())))
                        .findFirst()
                        .orElseThrow();
        TopicSpec bare = new TopicSpec(BARE_SINK, work.partitions(), work.config());
        return Stream.concat(fleet.stream(), Stream.of(bare)).toList();
    }

    /** Where the pool's orders go. */
    static String workTopic() {
        return Topics.work(POOLS.getFirst());
    }

    KafkaConfig kafka() {
        return KafkaConfig.withDefaults(broker.bootstrapServers());
    }

    /** The scheduler's topology as it ships. */
    JobsStreams scheduler(FlowSettings settings) {
        return JobsStreams.start(
                kafka().streams(),
                JobsConfig.DEFAULT.withPolicy(settings.policy()).rules(),
                BundleCatalog.read(settings.bundles()),
                new SchedulerMetrics(),
                InstantSource.system());
    }

    /** Everything that the scheduler has committed: orders, views, and the ledger's changes. */
    long recordsWritten() {
        String ledger = kafka().applicationId() + "-ledger-changelog";
        return Stream.of(workTopic(), Topics.JOBS, ledger)
                .mapToLong(topic -> TopicCensus.records(broker.bootstrapServers(), topic))
                .sum();
    }

    /**
     * Writes so many requests. One batch at a time: of several, the second may be taken and the
     * first refused while a new topic's leader settles, and then it is out of order for ever.
     */
    void preload(Requests requests, int count) {
        Map<String, Object> oneByOne =
                Map.of(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        try (KafkaProducer<String, byte[]> producer = clients.producer(oneByOne)) {
            for (int number = 0; number < count; number++) {
                var _ = producer.send(requests.record(number));
            }
        }
    }

    @Override
    public void close() {
        pool.close();
        broker.close();
    }
}
