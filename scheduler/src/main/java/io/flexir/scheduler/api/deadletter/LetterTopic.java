package io.flexir.scheduler.api.deadletter;

import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.scheduler.jobs.EventHeaders;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the topic of dead letters as it is asked to, by a consumer that lives for one question:
 * operators ask seldom, and what nobody asks for costs nothing. Thread-safe; blocks on the broker.
 */
final class LetterTopic {
    private static final Logger LOG = LoggerFactory.getLogger(LetterTopic.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A transaction leaves a marker behind each letter, which takes an offset. */
    private static final int OFFSETS_A_LETTER = 2;

    private final Map<String, Object> kafka;
    private final MessageCodec codec = new MessageCodec();

    /**
     * @param kafka how to reach the broker
     */
    LetterTopic(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /**
     * One letter; none where there is none, or no longer.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer
     */
    Optional<FoundLetter> find(LetterId id) {
        try (Opened opened = new Opened()) {
            TopicPartition partition = new TopicPartition(Topics.DEAD_LETTER, id.partition());
            if (!opened.partitions().contains(partition)
                    || id.offset() < opened.begin(partition)
                    || id.offset() >= opened.end(partition)) {
                return Optional.empty();
            }
            List<FoundLetter> found = new ArrayList<>();
            opened.read(
                    partition,
                    id.offset(),
                    id.offset() + 1,
                    record -> letter(record).ifPresent(found::add));
            return found.stream().findFirst();
        }
    }

    /**
     * The newest letters before a cursor, at most so many.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer
     */
    LetterPage page(LetterCursor cursor, int limit) {
        try (Opened opened = new Opened()) {
            Map<Integer, Long> left = new HashMap<>();
            Map<Integer, Deque<LetterSummary>> newest = new HashMap<>();
            for (TopicPartition partition : opened.partitions()) {
                long begin = opened.begin(partition);
                long upper = cursor.before(partition.partition(), opened.end(partition));
                long lower = Math.max(begin, upper - (long) limit * OFFSETS_A_LETTER);
                left.put(partition.partition(), lower);
                Deque<LetterSummary> letters = new ArrayDeque<>();
                newest.put(partition.partition(), letters);
                opened.read(
                        partition,
                        lower,
                        upper,
                        record ->
                                letter(record).map(LetterSummary::of).ifPresent(letters::addFirst));
            }
            List<LetterSummary> page = newestOf(newest.values(), limit);
            // What was read and found no place is read again for the next page.
            newest.forEach(
                    (partition, over) -> {
                        if (!over.isEmpty()) {
                            left.put(partition, over.getFirst().id().offset() + 1);
                        }
                    });
            boolean more =
                    opened.partitions().stream()
                            .anyMatch(
                                    partition ->
                                            left.getOrDefault(partition.partition(), 0L)
                                                    > opened.begin(partition));
            return new LetterPage(page, more ? new LetterCursor(left) : null);
        }
    }

    /** Takes the newest from queues that have theirs in front. */
    private static List<LetterSummary> newestOf(
            Collection<Deque<LetterSummary>> queues, int limit) {
        List<LetterSummary> taken = new ArrayList<>();
        while (taken.size() < limit) {
            Optional<Deque<LetterSummary>> next =
                    queues.stream()
                            .filter(queue -> !queue.isEmpty())
                            .max(Comparator.comparing(queue -> queue.getFirst().at()));
            if (next.isEmpty()) {
                break;
            }
            taken.add(next.get().removeFirst());
        }
        return taken;
    }

    private Optional<FoundLetter> letter(ConsumerRecord<byte[], byte[]> record) {
        LetterId id = new LetterId(record.partition(), record.offset());
        return switch (codec.decode(
                MessageType.DEAD_LETTER, EventHeaders.typeOf(record.headers()), record.value())) {
            case Decoded.Message<DeadLetter>(DeadLetter letter) ->
                    Optional.of(new FoundLetter(id, letter));
            case Decoded.Refused<DeadLetter>(String reason) -> {
                LOG.warn("event=dead_letter_refused letter={} reason=\"{}\"", id, reason);
                yield Optional.empty();
            }
        };
    }

    /** A consumer with what it was told of the topic. */
    private final class Opened implements AutoCloseable {
        private final Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        private final List<TopicPartition> partitions;
        private final Map<TopicPartition, Long> begins;
        private final Map<TopicPartition, Long> ends;

        Opened() {
            try {
                List<PartitionInfo> known = consumer.partitionsFor(Topics.DEAD_LETTER, PATIENCE);
                partitions =
                        known.stream()
                                .map(info -> new TopicPartition(info.topic(), info.partition()))
                                .toList();
                begins = consumer.beginningOffsets(partitions, PATIENCE);
                ends = consumer.endOffsets(partitions, PATIENCE);
            } catch (RuntimeException unanswered) {
                close();
                throw unanswered;
            }
        }

        List<TopicPartition> partitions() {
            return partitions;
        }

        long begin(TopicPartition partition) {
            return begins.getOrDefault(partition, 0L);
        }

        long end(TopicPartition partition) {
            return ends.getOrDefault(partition, 0L);
        }

        /** Tells the records of a range of offsets; markers and what has expired are none. */
        void read(
                TopicPartition partition,
                long from,
                long to,
                java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> told) {
            if (from >= to) {
                return;
            }
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(partition, PATIENCE) < to) {
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("The broker did not give " + partition + " in time");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < to) {
                        told.accept(record);
                    }
                }
            }
        }

        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "flexir-dead-letters");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50);
        return properties;
    }
}
