package io.flexir.worker.control;

import io.flexir.contracts.control.ControlRecord.ActivateBundle;
import io.flexir.contracts.wire.Topics;
import io.flexir.worker.config.KafkaSettings;
import io.flexir.worker.kafka.ClientProperties;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Follows the control topic on a thread of its own, without a group: every worker reads all of it,
 * from the start. Intake waits until it has been read to the end that it had when the worker came
 * up.
 */
public final class ControlTopic implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlTopic.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final String workerId;
    private final ControlReader reader;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param bundles told of bundles that are to be active; must not block
     */
    public ControlTopic(
            KafkaSettings settings,
            String workerId,
            Cancellations cancellations,
            Consumer<ActivateBundle> bundles) {
        this.settings = settings;
        this.workerId = workerId;
        this.reader = new ControlReader(cancellations, bundles);
        this.thread = Thread.ofPlatform().name(workerId + "-control").unstarted(this);
    }

    /** Starts to read; the future completes when the topic has been read to its end. */
    public CompletableFuture<Void> start() {
        thread.start();
        return caughtUp.copy();
    }

    @Override
    public void run() {
        while (!closed) {
            try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(properties())) {
                follow(consumer);
            } catch (KafkaException problem) {
                LOG.warn("control topic not readable, trying again problem={}", problem.toString());
                pause();
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.CONTROL).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("topic " + Topics.CONTROL + " does not exist");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        while (!closed) {
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (ends.isEmpty() && caughtUp.complete(null)) {
                LOG.info("control topic read to its end");
            }
            consumer.poll(POLL).forEach(reader::read);
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = ClientProperties.of(settings, workerId + "-control");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return properties;
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException stopped) {
            closed = true;
        }
    }

    /** Stops reading; returns when the thread has ended, or after a few seconds. */
    @Override
    public void close() {
        closed = true;
        caughtUp.cancel(false);
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
