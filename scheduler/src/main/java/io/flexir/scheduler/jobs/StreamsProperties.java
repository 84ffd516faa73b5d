package io.flexir.scheduler.jobs;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

import java.nio.file.Path;
import java.util.Properties;

/** Settings of Kafka Streams, each with its reason. */
final class StreamsProperties {
    private static final String RETRY_BACKOFF_MILLIS = "5";
    private static final String BATCH_BYTES = "131072";

    private StreamsProperties() {}

    static Properties of(StreamsSettings settings, Path stateDirectory) {
        Properties all = new Properties();
        all.putAll(settings.kafka());
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        all.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        addLatency(all, settings);
        addTakeover(all, settings);
        return all;
    }

    /** Milliseconds from request to order: short polls and short waits for the last commit. */
    private static void addLatency(Properties all, StreamsSettings settings) {
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
        all.put(StreamsConfig.POLL_MS_CONFIG, "5");
        all.put(StreamsConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MILLIS);
        all.put(
                StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                RETRY_BACKOFF_MILLIS);
        // A commit sends whatever lingers, and nobody reads it before: full batches cost no time.
        all.put(
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                Long.toString(settings.commitInterval().toMillis()));
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // Reports go first by their timestamp; nobody waits for the other topic to have something.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "-1");
    }

    /** Seconds from a scheduler's death to another one having its partitions. */
    private static void addTakeover(Properties all, StreamsSettings settings) {
        long sessionMillis = settings.sessionTimeout().toMillis();
        all.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Long.toString(sessionMillis));
        all.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Long.toString(sessionMillis / 4));
        all.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Long.toString(settings.transactionTimeout().toMillis()));
        if (settings.instanceId() != null) {
            all.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                    settings.instanceId());
        }
    }
}
