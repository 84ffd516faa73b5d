package io.flexir.scheduler.api.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(120)
class TopicFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    @Test
    void a_broker_whose_name_cannot_be_resolved_is_looked_for_again_and_again() {
        Map<String, Object> nowhere =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        "no-such-host.invalid:9092",
                        ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                        Attempt.class.getName());
        try (TopicFollower follower =
                new TopicFollower("nowhere", List.of("topic"), nowhere, new Nobody())) {
            follower.start();

            await().atMost(PATIENCE).until(() -> ATTEMPTS.get() >= 3);
            assertThat(follower.current()).isFalse();
        }
    }

    /** Kafka makes one for each consumer, before it looks for the broker. */
    public static final class Attempt implements ConsumerInterceptor<String, byte[]> {
        @Override
        public void configure(Map<String, ?> properties) {
            ATTEMPTS.incrementAndGet();
        }

        @Override
        public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}
    }

    private static final class Nobody implements TopicFollower.Reader {
        @Override
        public void read(ConsumerRecord<String, byte[]> record) {}

        @Override
        public void checked(long lag) {}

        @Override
        public void caughtUp() {}
    }
}
