package io.flexir.ops.local.audit;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each key stands in a topic, by what is committed there. */
public final class TopicCensus {
    private static final Duration POLL = Duration.ofMillis(200);

    private TopicCensus() {}

    /** How many records of a topic were committed before the call. */
    public static long records(String bootstrapServers, String topic) {
        return of(bootstrapServers, topic).values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Reads all that was committed before the call. */
    public static Map<String, Integer> of(String bootstrapServers, String topic) {
        Map<String, Integer> census = new HashMap<>();
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
                    consumer.partitionsFor(topic).stream()
                            .map(found -> new TopicPartition(topic, found.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> census.merge(record.key(), 1, Integer::sum));
            }
        }
        return census;
    }
}
