package io.flexir.ops.local.worker;

import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Everything that was said in a topic so far and is committed. A message that the contract refuses
 * fails whoever waits.
 */
public final class TopicLog<T> implements AutoCloseable {
    public static final MessageCodec CODEC = new MessageCodec();

    private final List<T> messages = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    public TopicLog(String bootstrapServers, String topic, MessageType<T> type) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("read-" + topic)
                        .start(() -> read(bootstrapServers, topic, type));
    }

    private void read(String bootstrapServers, String topic, MessageType<T> type) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> messages.add(decode(type, record)));
            }
        }
    }

    private static <T> T decode(MessageType<T> type, ConsumerRecord<String, byte[]> record) {
        String eventType =
                new String(
                        record.headers().lastHeader(CloudEvent.TYPE_HEADER).value(),
                        StandardCharsets.UTF_8);
        return switch (CODEC.decode(type, eventType, record.value())) {
            case Decoded.Message<T>(T message) -> message;
            case Decoded.Refused<T>(String reason) -> throw new AssertionError(reason);
        };
    }

    public List<T> all() {
        return List.copyOf(messages);
    }

    /** The first message that is wanted, once it is there. */
    public T await(Predicate<T> wanted) {
        return Awaitility.await()
                .atMost(TestFleet.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> messages.stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
