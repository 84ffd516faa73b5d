package io.flexir.ops.bench.flow;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What exactly-once costs at the least: reads requests, writes a record of an order's size for
 * each, and commits both in transactions as long as the scheduler's commit interval. It decides
 * nothing and remembers nothing.
 */
final class BareLoop {
    private static final String GROUP = "bare-loop";
    private static final Duration POLL = Duration.ofMillis(5);

    private final Clients clients;
    private final String source;
    private final String sink;
    private final int outputBytes;
    private final Duration commitInterval;

    /**
     * @param outputBytes of each record that it writes
     */
    BareLoop(
            Clients clients, String source, String sink, int outputBytes, Duration commitInterval) {
        this.clients = clients;
        this.source = source;
        this.sink = sink;
        this.outputBytes = outputBytes;
        this.commitInterval = commitInterval;
    }

    /** Runs until so many records have gone through. */
    void run(int records) {
        try (KafkaConsumer<String, byte[]> consumer = consumer();
                KafkaProducer<String, byte[]> producer = producer()) {
            consumer.subscribe(List.of(source));
            producer.initTransactions();
            int done = 0;
            while (done < records) {
                done += transaction(consumer, producer, records - done);
            }
        }
    }

    private int transaction(
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer,
            int atMost) {
        Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
        int count = 0;
        producer.beginTransaction();
        long end = System.nanoTime() + commitInterval.toNanos();
        while (System.nanoTime() < end && count < atMost) {
            ConsumerRecords<String, byte[]> come = consumer.poll(POLL);
            for (ConsumerRecord<String, byte[]> record : come) {
                var _ = producer.send(transformed(record));
            }
            read.putAll(come.nextOffsets());
            count += come.count();
        }
        producer.sendOffsetsToTransaction(read, consumer.groupMetadata());
        producer.commitTransaction();
        return count;
    }

    private ProducerRecord<String, byte[]> transformed(ConsumerRecord<String, byte[]> record) {
        return new ProducerRecord<>(
                sink,
                null,
                record.key(),
                Arrays.copyOf(record.value(), outputBytes),
                record.headers());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return clients.consumer(
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        GROUP,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"));
    }

    private KafkaProducer<String, byte[]> producer() {
        return clients.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, GROUP));
    }
}
