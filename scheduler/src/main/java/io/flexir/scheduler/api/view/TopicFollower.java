package io.flexir.scheduler.api.view;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads topics from their beginning, on a thread of its own, for as long as it is open. It belongs
 * to no consumer group: every scheduler sees every committed record, once. After a fault it goes on
 * where it was, so that what it fills never falls back.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CURRENT_FOR = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final String name;
    private final List<String> topics;
    private final Map<String, Object> clientProperties;
    private final Reader reader;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Thread thread;

    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean caughtUp;
    private volatile long lastCheckNanos;
    private volatile @Nullable Consumer<String, byte[]> current;

    /** What is told, on the follower's thread. */
    public interface Reader {
        void read(ConsumerRecord<String, byte[]> record);

        /**
         * Now and then.
         *
         * @param lag records that are still to be read
         */
        void checked(long lag);

        /** All that was written before the start has been read. */
        void caughtUp();
    }

    /**
     * @param name of what it fills, in logs and threads
     * @param clientProperties how to reach the broker
     */
    public TopicFollower(
            String name, List<String> topics, Map<String, Object> clientProperties, Reader reader) {
        this.name = name;
        this.topics = List.copyOf(topics);
        this.clientProperties = Map.copyOf(clientProperties);
        this.reader = reader;
        this.thread = Thread.ofPlatform().name("flexir-" + name).daemon(true).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /**
     * Whether everything that was written before the start has been read, and the broker has
     * answered lately.
     */
    public boolean current() {
        return caughtUp && System.nanoTime() - lastCheckNanos < CURRENT_FOR.toNanos();
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(STOP);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed()) {
            // A broker whose name cannot be resolved is away as well: that fails the constructor.
            try {
                followBy(newConsumer());
            } catch (WakeupException asked) {
                LOG.debug("event=follower_closing name={}", name);
            } catch (KafkaException fault) {
                LOG.warn("event={}_fault", name, fault);
                pause();
            }
        }
    }

    private void followBy(Consumer<String, byte[]> consumer) {
        current = consumer;
        try {
            follow(consumer);
        } finally {
            current = null;
            close(consumer);
        }
    }

    private void close(Consumer<String, byte[]> consumer) {
        try {
            consumer.close(CloseOptions.timeout(STOP));
        } catch (KafkaException unclean) {
            LOG.warn("event={}_consumer_not_closed", name, unclean);
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    private void follow(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = closed() ? List.of() : partitions(consumer);
        if (partitions.isEmpty()) {
            pause();
            return;
        }
        consumer.assign(partitions);
        partitions.forEach(
                partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
        long nextCheck = System.nanoTime();
        while (!closed()) {
            consumer.poll(POLL).forEach(this::apply);
            if (System.nanoTime() - nextCheck >= 0) {
                check(consumer, partitions);
                nextCheck = System.nanoTime() + (caughtUp ? CHECK_INTERVAL : POLL).toNanos();
            }
        }
    }

    /** What one record holds must not end the reading of all. */
    private void apply(ConsumerRecord<String, byte[]> record) {
        try {
            reader.read(record);
        } catch (RuntimeException unforeseen) {
            LOG.error(
                    "event={}_record_failed topic={} partition={} offset={}",
                    name,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    unforeseen);
        }
        positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }

    private void check(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, CHECK_TIMEOUT);
        long lag =
                partitions.stream()
                        .mapToLong(
                                partition ->
                                        Math.max(
                                                0,
                                                ends.getOrDefault(partition, 0L)
                                                        - consumer.position(
                                                                partition, CHECK_TIMEOUT)))
                        .sum();
        lastCheckNanos = System.nanoTime();
        if (lag == 0 && !caughtUp) {
            caughtUp = true;
            reader.caughtUp();
        }
        reader.checked(lag);
    }

    /** Empty while a topic does not exist yet. */
    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                LOG.info("event={}_waits_for_topic topic={}", name, topic);
                return List.of();
            }
            found.forEach(
                    partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        return partitions;
    }

    private Consumer<String, byte[]> newConsumer() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "flexir-" + name);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
        return new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void pause() {
        try {
            var _ = closing.await(PAUSE_AFTER_FAULT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }
}
