package io.flexir.ops.bench.chaos.fleet;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.audit.CommittedRecords;
import io.flexir.ops.local.stack.FleetConfigs;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Writes records of the last minutes a second time, in another order: requests, work orders and
 * reports, as producers do that never heard they were heard.
 */
final class Redelivery {
    private static final List<String> TOPICS =
            List.of(Topics.REQUESTS, Topics.work(FleetConfigs.POOL), Topics.REPORTS);
    private static final Duration BACK = Duration.ofMinutes(5);
    private static final int MOST_OF_A_TOPIC = 20;

    private final String bootstrapServers;

    Redelivery(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * @param seed which records, and in which order
     * @return how many
     * @throws KafkaException if the broker does not answer
     */
    int again(long seed) {
        Random random = new Random(seed);
        List<ConsumerRecord<String, byte[]>> chosen = new ArrayList<>();
        for (String topic : TOPICS) {
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            new CommittedRecords(bootstrapServers, Map.of())
                    .read(topic, Instant.now().minus(BACK), found::add);
            Collections.shuffle(found, random);
            chosen.addAll(found.subList(0, Math.min(MOST_OF_A_TOPIC, found.size())));
        }
        Collections.shuffle(chosen, random);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.ACKS_CONFIG,
                                "all"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            chosen.stream()
                    .map(record -> producer.send(copy(record)))
                    .toList()
                    .forEach(Redelivery::await);
        }
        return chosen.size();
    }

    private static ProducerRecord<String, byte[]> copy(ConsumerRecord<String, byte[]> record) {
        return new ProducerRecord<>(
                record.topic(), null, record.key(), record.value(), record.headers());
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            var _ = sent.get();
        } catch (ExecutionException refused) {
            throw new KafkaException("a record was not written again", refused);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", stopping);
        }
    }
}
