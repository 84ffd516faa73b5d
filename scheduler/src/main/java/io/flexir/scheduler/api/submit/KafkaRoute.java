package io.flexir.scheduler.api.submit;

import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.jobs.EventHeaders;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.tracing.Doing;
import io.flexir.scheduler.tracing.MessageSpans;
import io.flexir.scheduler.tracing.Tracing;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads tenants' topics, in a thread of its own. A record's offset is committed once it is durable
 * elsewhere, so one may be taken twice after a death: it names the same job again. What cannot be
 * taken now is read again later; until then the topic is the buffer.
 */
public final class KafkaRoute implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaRoute.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(2);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int MAX_RECORDS = 100;

    private final Routes routes;
    private final RoutedIntake intake;
    private final BrokerWriter broker;
    private final MessageSpans spans;
    private final SchedulerMetrics metrics;
    private final InstantSource clock;
    private final Consumer<byte[], byte[]> consumer;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    private KafkaRoute(
            Routes routes,
            Map<String, Object> kafka,
            RoutedIntake intake,
            BrokerWriter broker,
            Tracing tracing,
            SchedulerMetrics metrics,
            InstantSource clock) {
        this.routes = routes;
        this.intake = intake;
        this.broker = broker;
        this.spans = new MessageSpans(tracing);
        this.metrics = metrics;
        this.clock = clock;
        this.consumer =
                new KafkaConsumer<>(
                        properties(kafka, routes.group()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().name("flexir-route").unstarted(this::run);
    }

    /**
     * Starts reading.
     *
     * @param kafka how to reach the broker
     */
    public static KafkaRoute start(
            Routes routes,
            Map<String, Object> kafka,
            RoutedIntake intake,
            BrokerWriter broker,
            Tracing tracing,
            SchedulerMetrics metrics,
            InstantSource clock) {
        KafkaRoute route = new KafkaRoute(routes, kafka, intake, broker, tracing, metrics, clock);
        routes.tenants().keySet().forEach(metrics::countsDeadLettersOf);
        route.thread.start();
        return route;
    }

    @Override
    public void close() {
        stopping.countDown();
        consumer.wakeup();
        try {
            if (!thread.join(STOP)) {
                LOG.warn("event=route_stop_timed_out seconds={}", STOP.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(routes.tenants().keySet());
            while (stopping.getCount() > 0) {
                step();
            }
        } catch (WakeupException stopped) {
            LOG.debug("event=route_stopped");
        } catch (KafkaException unclean) {
            LOG.warn("event=route_consumer_not_closed", unclean);
        }
    }

    private void step() {
        try {
            route(consumer.poll(POLL));
        } catch (WakeupException stopped) {
            throw stopped;
        } catch (KafkaException failure) {
            LOG.warn("event=route_failed", failure);
            pause(AFTER_AN_ERROR);
        }
    }

    /** Of each partition as far as it goes; what is left is read again. */
    private void route(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        Duration wait = Duration.ZERO;
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                // One that waits holds up its own partition alone.
                Duration own = take(record);
                if (!own.isZero()) {
                    wait = own.compareTo(wait) > 0 ? own : wait;
                    consumer.seek(partition, record.offset());
                    break;
                }
                done.put(partition, new OffsetAndMetadata(record.offset() + 1));
            }
        }
        if (!done.isEmpty()) {
            consumer.commitSync(done);
        }
        pause(wait);
    }

    /** How long to wait before it is tried again; none when it is done with. */
    private Duration take(ConsumerRecord<byte[], byte[]> record) {
        try (Doing _ =
                spans.process(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        null,
                        record.headers(),
                        null)) {
            return route(record);
        }
    }

    private Duration route(ConsumerRecord<byte[], byte[]> record) {
        TenantId tenant = routes.tenants().get(record.topic());
        if (tenant == null) {
            throw new IllegalStateException("no tenant was named for topic " + record.topic());
        }
        return switch (taken(tenant, record)) {
            case Routed.Taken() -> Duration.ZERO;
            case Routed.SetAside(String reason) -> setAside(record, reason);
            case Routed.Later(String reason, Duration after) -> {
                LOG.debug(
                        "event=route_waits topic={} cause={} millis={}",
                        record.topic(),
                        reason,
                        after.toMillis());
                yield after;
            }
        };
    }

    /** Nothing that a tenant writes may end the way in for all of them. */
    private Routed taken(TenantId tenant, ConsumerRecord<byte[], byte[]> record) {
        try {
            return intake.take(tenant, EventHeaders.typeOf(record.headers()), record.value());
        } catch (KafkaException ofBroker) {
            throw ofBroker;
        } catch (RuntimeException unforeseen) {
            LOG.error(
                    "event=route_record_failed topic={} offset={}",
                    record.topic(),
                    record.offset(),
                    unforeseen);
            return new Routed.SetAside(
                    "it could not be handled: " + unforeseen.getClass().getSimpleName());
        }
    }

    private Duration setAside(ConsumerRecord<byte[], byte[]> record, String reason) {
        DeadLetter letter =
                DeadLetter.of(
                        new DeadLetter.Origin(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                record.key() == null
                                        ? null
                                        : new String(record.key(), StandardCharsets.UTF_8),
                                EventHeaders.typeOf(record.headers())),
                        reason,
                        record.value(),
                        clock.instant());
        try {
            broker.write(letter);
        } catch (RefusedException unacknowledged) {
            return AFTER_AN_ERROR;
        }
        metrics.deadLettered(record.topic());
        LOG.warn(
                "event=record_set_aside topic={} partition={} offset={} reason=\"{}\"",
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.reason());
        return Duration.ZERO;
    }

    private void pause(Duration time) {
        try {
            var _ = stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
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
