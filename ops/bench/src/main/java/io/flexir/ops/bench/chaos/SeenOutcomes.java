package io.flexir.ops.bench.chaos;

import io.flexir.contracts.wire.Topics;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs whose outcome is committed, as they come. Only tells how far a run is: it is judged by what
 * is read afterwards.
 */
final class SeenOutcomes implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Set<String> jobs = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    SeenOutcomes(String bootstrapServers) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("flexir-chaos-outcomes")
                        .start(() -> follow(bootstrapServers));
    }

    /** How many. */
    int count() {
        return jobs.size();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(String bootstrapServers) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topics.OUTCOMES).stream()
                            .map(found -> new TopicPartition(Topics.OUTCOMES, found.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                consumer.poll(POLL).forEach(record -> jobs.add(record.key()));
            }
        }
    }
}
