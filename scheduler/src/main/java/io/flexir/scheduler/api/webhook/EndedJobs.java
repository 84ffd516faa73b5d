package io.flexir.scheduler.api.webhook;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.jobs.EventHeaders;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Reads the jobs' topic as one of a group, in a thread of its own. An offset is committed once what
 * its record asks for is durable elsewhere.
 */
final class EndedJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndedJobs.class);
    private static final MessageCodec CODEC = new MessageCodec();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(2);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int MAX_RECORDS = 100;

    private final java.util.function.Consumer<ConsumerRecord<String, byte[]>> take;
    private final BooleanSupplier ready;
    private final java.util.function.Consumer<Set<Integer>> between;
    private final Consumer<String, byte[]> consumer;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("flexir-webhooks-jobs").unstarted(this::run);

    /**
     * @param take called with each record; it throws {@link RefusedException} where the record is
     *     to be taken again
     * @param ready whether records can be taken now
     * @param between called between polls with the partitions that are this reader's
     */
    EndedJobs(
            Map<String, Object> kafka,
            String group,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> take,
            BooleanSupplier ready,
            java.util.function.Consumer<Set<Integer>> between) {
        this.take = take;
        this.ready = ready;
        this.between = between;
        this.consumer =
                new KafkaConsumer<>(
                        properties(kafka, group),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
    }

    void start() {
        thread.start();
    }

    /** What a record says of a job. */
    static Decoded<JobView> read(ConsumerRecord<String, byte[]> record) {
        return CODEC.decode(MessageType.JOB, EventHeaders.typeOf(record.headers()), record.value());
    }

    @Override
    public void close() {
        stopping.countDown();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            if (!thread.join(STOP)) {
                LOG.warn("event=webhooks_stop_timed_out seconds={}", STOP.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(Topics.JOBS));
            while (stopping.getCount() > 0) {
                step();
            }
        } catch (WakeupException stopped) {
            LOG.debug("event=webhooks_stopped");
        } catch (KafkaException unclean) {
            LOG.warn("event=webhooks_consumer_not_closed", unclean);
        }
    }

    private void step() {
        try {
            if (ready.getAsBoolean()) {
                consumer.resume(consumer.paused());
            } else {
                consumer.pause(consumer.assignment());
            }
            takeAll(consumer.poll(POLL));
            between.accept(
                    consumer.assignment().stream()
                            .map(TopicPartition::partition)
                            .collect(Collectors.toSet()));
        } catch (WakeupException stopped) {
            throw stopped;
        } catch (KafkaException failure) {
            LOG.warn("event=webhooks_fault", failure);
            pause();
        } catch (RuntimeException failure) {
            // The edge of this thread: it must outlive what it does not understand.
            LOG.error("event=webhooks_failed", failure);
            pause();
        }
    }

    private void takeAll(ConsumerRecords<String, byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        boolean refused = false;
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
                refused = refused || !ready.getAsBoolean() || !taken(record);
                if (refused) {
                    consumer.seek(partition, record.offset());
                    break;
                }
                done.put(partition, new OffsetAndMetadata(record.offset() + 1));
            }
        }
        if (!done.isEmpty()) {
            consumer.commitSync(done);
        }
        if (refused) {
            pause();
        }
    }

    private boolean taken(ConsumerRecord<String, byte[]> record) {
        try {
            take.accept(record);
            return true;
        } catch (RefusedException unacknowledged) {
            return false;
        } catch (InvalidFieldException notOurs) {
            LOG.warn(
                    "event=webhook_job_refused partition={} offset={} reason=\"{}\"",
                    record.partition(),
                    record.offset(),
                    notOurs.getMessage());
            return true;
        } catch (RuntimeException unforeseen) {
            LOG.error(
                    "event=webhook_job_failed partition={} offset={}",
                    record.partition(),
                    record.offset(),
                    unforeseen);
            return true;
        }
    }

    private void pause() {
        try {
            var _ = stopping.await(AFTER_AN_ERROR.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private static Map<String, Object> properties(Map<String, Object> kafka, String group) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        return properties;
    }
}
