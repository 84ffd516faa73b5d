package io.flexir.ops.local.audit;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What is committed in a topic. */
public final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> properties;

    /**
     * @param bootstrapServers the broker, or several separated by commas
     * @param more properties for the client, such as {@code security.protocol}
     */
    public CommittedRecords(String bootstrapServers, Map<String, String> more) {
        properties = new HashMap<>(more);
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }

    /**
     * Reads all that was committed before the call.
     *
     * @param from records with an earlier timestamp are left out
     * @throws org.apache.kafka.common.KafkaException if there is no such broker or topic
     */
    public void read(String topic, Instant from, Consumer<ConsumerRecord<String, byte[]>> to) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(found -> new TopicPartition(topic, found.partition()))
                            .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, ends, Math.max(0, from.toEpochMilli()));
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL)
                        .forEach(
                                record -> {
                                    if (record.timestamp() >= from.toEpochMilli()) {
                                        to.accept(record);
                                    }
                                });
            }
        }
    }

    private static void seek(
            KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, long millis) {
        Map<TopicPartition, OffsetAndTimestamp> starts =
                consumer.offsetsForTimes(
                        ends.keySet().stream()
                                .collect(Collectors.toMap(found -> found, found -> millis)));
        ends.forEach(
                (partition, end) -> {
                    OffsetAndTimestamp start = starts.get(partition);
                    consumer.seek(partition, start == null ? end : start.offset());
                });
    }
}
