package io.flexir.worker.intake;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One share consumer, in terms of records and answers. Belongs to one thread. */
final class WorkConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(WorkConsumer.class);

    /**
     * A poll that meets a transaction's commit marker comes back empty after its whole time, and
     * there is one after each order: the first polls after a record are short, and each that comes
     * back empty is followed by one twice as long.
     */
    private static final Duration FIRST_POLL = Duration.ofMillis(1);

    private static final Duration LONGEST_POLL = Duration.ofMillis(20);

    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaShareConsumer<String, byte[]> consumer;
    private final Map<RecordKey, ConsumerRecord<String, byte[]>> held = new HashMap<>();

    private Duration poll = FIRST_POLL;

    WorkConsumer(KafkaShareConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * New records, and renewed ones that are handed out again. Everything in hand must have been
     * acknowledged.
     */
    Map<RecordKey, ConsumerRecord<String, byte[]>> poll() {
        Map<RecordKey, ConsumerRecord<String, byte[]>> polled = new LinkedHashMap<>();
        ConsumerRecords<String, byte[]> records = consumer.poll(poll);
        poll = records.isEmpty() ? longer(poll) : FIRST_POLL;
        records.forEach(record -> polled.put(RecordKey.of(record), record));
        held.putAll(polled);
        return polled;
    }

    private static Duration longer(Duration poll) {
        Duration twice = poll.multipliedBy(2);
        return twice.compareTo(LONGEST_POLL) < 0 ? twice : LONGEST_POLL;
    }

    /** How long the broker locks a record, once it has said so. */
    Optional<Duration> lockDuration() {
        return consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis);
    }

    /**
     * Tells the broker, and waits for its answer.
     *
     * @return the acknowledgements that the broker did not take, with the reason
     */
    Map<RecordKey, String> acknowledge(Map<RecordKey, AcknowledgeType> acknowledgements) {
        acknowledgements.forEach((key, type) -> consumer.acknowledge(held.get(key), type));
        Map<TopicPartition, Optional<KafkaException>> answers = new HashMap<>();
        consumer.commitSync(COMMIT)
                .forEach((partition, problem) -> answers.put(partition.topicPartition(), problem));
        Map<RecordKey, String> refused = new LinkedHashMap<>();
        acknowledgements.forEach(
                (key, type) -> {
                    Optional<KafkaException> problem =
                            answers.get(new TopicPartition(key.topic(), key.partition()));
                    if (problem == null) {
                        refused.put(key, "no answer in time");
                    } else {
                        problem.ifPresent(reason -> refused.put(key, reason.toString()));
                    }
                    if (type != AcknowledgeType.RENEW || refused.containsKey(key)) {
                        held.remove(key);
                    }
                });
        return refused;
    }

    /** Leaves the group; the broker gives what is still locked to others. */
    void close() {
        try {
            consumer.close(CLOSE);
        } catch (KafkaException problem) {
            LOG.warn("consumer did not close cleanly problem={}", problem.toString());
        }
    }
}
