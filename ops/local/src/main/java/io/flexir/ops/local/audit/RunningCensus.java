package io.flexir.ops.local.audit;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each key is written to a topic from now on, counted as it is committed: what a topic
 * holds later is less where its records are deleted once they are settled.
 */
public final class RunningCensus implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Integer> census = new ConcurrentHashMap<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;

    /**
     * @throws org.apache.kafka.common.KafkaException if there is no such broker or topic
     */
    public RunningCensus(String bootstrapServers, String topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(found -> new TopicPartition(topic, found.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Now, and not at the first poll.
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().name("flexir-census").start(this::count);
    }

    private void count() {
        try (consumer) {
            while (true) {
                consumer.poll(POLL).forEach(record -> census.merge(record.key(), 1, Integer::sum));
            }
        } catch (WakeupException closed) {
            return;
        }
    }

    /** What was counted until now. */
    public Map<String, Integer> soFar() {
        return Map.copyOf(census);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
