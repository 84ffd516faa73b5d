package io.flexir.scheduler.api.keeping;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How far back a topic can be read, as the broker is configured. Thread-safe; blocks. */
final class TopicRetention {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;

    /**
     * @param kafka how to reach the broker
     */
    TopicRetention(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /**
     * Every record of the topic that was written later is still there. Of a topic that is bounded
     * by its size nobody can tell: that is now.
     *
     * @throws KafkaException when the broker does not answer
     */
    Instant keptSince(String topic, Instant now) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(kafka)) {
            Config config =
                    admin.describeConfigs(List.of(resource))
                            .all()
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .get(resource);
            return config == null
                    ? now
                    : keptSince(
                            number(config, TopicConfig.RETENTION_MS_CONFIG),
                            number(config, TopicConfig.RETENTION_BYTES_CONFIG),
                            now);
        } catch (ExecutionException | TimeoutException unanswered) {
            throw new KafkaException("The retention of " + topic + " is not known", unanswered);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted", stopping);
        }
    }

    /**
     * @param millis that records are kept, negative for ever
     * @param bytes of records that are kept, negative without a bound
     */
    static Instant keptSince(long millis, long bytes, Instant now) {
        if (bytes >= 0) {
            return now;
        }
        return millis < 0 ? Instant.EPOCH : now.minusMillis(millis);
    }

    private static long number(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? 0 : Long.parseLong(entry.value());
    }
}
