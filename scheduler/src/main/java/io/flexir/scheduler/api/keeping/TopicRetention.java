package io.flexir.scheduler.api.keeping;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far back a topic can be read, as the broker is configured and as long as the topic has been
 * there. Thread-safe; blocks.
 */
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
     * Every record of the topic that was written later is still there, and was written to this
     * topic and not to one of its name that was lost. Of a topic that is bounded by its size nobody
     * can tell, nor of one that has no record yet: that is now.
     *
     * @throws KafkaException when the broker does not answer
     */
    Instant keptSince(String topic, Instant now) {
        try (Admin admin = Admin.create(kafka)) {
            Instant configured = configured(admin, topic, now);
            Instant begun = begun(admin, topic, now);
            return begun.isAfter(configured) ? begun : configured;
        } catch (ExecutionException | TimeoutException unanswered) {
            throw new KafkaException("The retention of " + topic + " is not known", unanswered);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted", stopping);
        }
    }

    private static Instant configured(Admin admin, String topic, Instant now)
            throws ExecutionException, TimeoutException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = answer(admin.describeConfigs(List.of(resource)).all()).get(resource);
        return config == null
                ? now
                : keptSince(
                        number(config, TopicConfig.RETENTION_MS_CONFIG),
                        number(config, TopicConfig.RETENTION_BYTES_CONFIG),
                        now);
    }

    /** The starts before the records: what is dropped in between makes the topic younger. */
    private static Instant begun(Admin admin, String topic, Instant now)
            throws ExecutionException, TimeoutException, InterruptedException {
        List<TopicPartition> partitions =
                answer(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                        .flatMap(described -> described.partitions().stream())
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        List<Long> starts =
                offsets(admin, partitions, OffsetSpec.earliest()).stream()
                        .map(ListOffsetsResultInfo::offset)
                        .toList();
        List<Long> firsts =
                offsets(admin, partitions, OffsetSpec.forTimestamp(0)).stream()
                        .map(ListOffsetsResultInfo::timestamp)
                        .toList();
        return begunAt(starts, firsts, now);
    }

    private static Collection<ListOffsetsResultInfo> offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream()
                        .collect(Collectors.toMap(Function.identity(), partition -> which));
        return answer(admin.listOffsets(asked).all()).values();
    }

    private static <T> T answer(KafkaFuture<T> asked)
            throws ExecutionException, TimeoutException, InterruptedException {
        return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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

    /**
     * Since when a topic tells all: a new one in the place of one that was lost knows nothing of
     * what was before its first record. One that has dropped records already is as old as it keeps
     * them.
     *
     * @param starts the first offset that each partition still has
     * @param firsts when each partition's first record was written, in milliseconds; negative where
     *     there is none
     */
    static Instant begunAt(Collection<Long> starts, Collection<Long> firsts, Instant now) {
        if (starts.stream().anyMatch(start -> start > 0)) {
            return Instant.EPOCH;
        }
        return firsts.stream()
                .filter(millis -> millis >= 0)
                .min(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli)
                .orElse(now);
    }

    private static long number(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? 0 : Long.parseLong(entry.value());
    }
}
