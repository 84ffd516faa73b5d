package io.flexir.ops.local.broker;

import io.flexir.ops.local.Ports;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The Kafka configuration of a single node that is broker and controller at once. */
final class BrokerProperties {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENT_LISTENER = "CLIENTS";

    private BrokerProperties() {}

    /** The same that listens for clients over TLS, too. */
    static Properties of(
            Path directory, int port, int controllerPort, int securePort, SecureListener secure) {
        Properties properties = of(directory, port, controllerPort);
        append(
                properties,
                "listeners",
                SecureListener.NAME + "://" + Ports.LOOPBACK + ":" + securePort);
        append(properties, "listener.security.protocol.map", SecureListener.NAME + ":SASL_SSL");
        properties.putAll(secure.properties());
        return properties;
    }

    private static void append(Properties properties, String name, String more) {
        properties.setProperty(name, properties.getProperty(name) + "," + more);
    }

    static Properties of(Path directory, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(node(directory, port, controllerPort));
        properties.putAll(oneReplica());
        properties.putAll(quickTakeover());
        properties.putAll(smallFootprint());
        return properties;
    }

    private static Map<String, String> node(Path directory, int port, int controllerPort) {
        String controller = Ports.LOOPBACK + ":" + controllerPort;
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                // Static voters: unlike a dynamic quorum they are not written to the log, so that
                // the ports
                // may differ from one run over the same directory to the next.
                "controller.quorum.voters",
                NODE_ID + "@" + controller,
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "inter.broker.listener.name",
                CLIENT_LISTENER,
                "listeners",
                CLIENT_LISTENER
                        + "://"
                        + Ports.LOOPBACK
                        + ":"
                        + port
                        + ","
                        + CONTROLLER_LISTENER
                        + "://"
                        + controller,
                "listener.security.protocol.map",
                CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                "log.dirs",
                directory.toString(),
                "auto.create.topics.enable",
                "false");
    }

    private static Map<String, String> oneReplica() {
        return Map.of(
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "4");
    }

    /**
     * Kafka's minimums suit a data centre; on one machine a dead member is to be replaced in
     * seconds.
     */
    private static Map<String, String> quickTakeover() {
        return Map.ofEntries(
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.min.session.timeout.ms", "1000"),
                Map.entry("group.consumer.min.session.timeout.ms", "1000"),
                Map.entry("group.consumer.min.heartbeat.interval.ms", "100"),
                Map.entry("group.streams.min.session.timeout.ms", "1000"),
                Map.entry("group.streams.session.timeout.ms", "3000"),
                Map.entry("group.streams.min.heartbeat.interval.ms", "100"),
                Map.entry("group.streams.heartbeat.interval.ms", "500"),
                Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
                Map.entry("group.share.min.session.timeout.ms", "1000"),
                Map.entry("group.share.session.timeout.ms", "5000"),
                Map.entry("group.share.min.heartbeat.interval.ms", "100"),
                // A share consumer learns of its assignment with a heartbeat: this is its join
                // time.
                Map.entry("group.share.heartbeat.interval.ms", "250"),
                Map.entry("group.share.initialize.retry.interval.ms", "1000"),
                Map.entry("group.share.min.record.lock.duration.ms", "1000"),
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
    }

    private static Map<String, String> smallFootprint() {
        return Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "log.cleaner.dedupe.buffer.size", "16777216",
                "log.retention.check.interval.ms", "60000",
                "log.segment.bytes", "67108864");
    }
}
