package io.flexir.worker.intake;

import io.flexir.contracts.wire.Topics;
import io.flexir.worker.config.KafkaSettings;
import io.flexir.worker.kafka.ClientProperties;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Makes share consumers of a pool's work. What the group needs beside (read committed, from the
 * earliest record, how long a lock lasts) is the group's own configuration in the broker.
 */
final class WorkConsumers {
    /** More than the largest image takes the slowest core. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(2);

    private final KafkaSettings settings;
    private final String workerId;
    private final String pool;

    WorkConsumers(KafkaSettings settings, String workerId, String pool) {
        this.settings = settings;
        this.workerId = workerId;
        this.pool = pool;
    }

    WorkConsumer subscribed(int lane) {
        KafkaShareConsumer<String, byte[]> consumer = new KafkaShareConsumer<>(properties(lane));
        consumer.subscribe(List.of(Topics.work(pool)));
        return new WorkConsumer(consumer);
    }

    private Map<String, Object> properties(int lane) {
        Map<String, Object> properties = ClientProperties.of(settings, workerId + "-lane-" + lane);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, Topics.shareGroup(pool));
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        // A lane that waits for its slot does not poll, and is to stay in the group.
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) LONGEST_WAIT.toMillis());
        // A second record would wait here behind the first while another worker is idle.
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        return properties;
    }
}
