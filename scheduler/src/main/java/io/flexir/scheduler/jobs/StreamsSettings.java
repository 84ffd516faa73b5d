package io.flexir.scheduler.jobs;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How the topology runs on Kafka.
 *
 * @param kafka client properties that say how to reach the broker; may hold secrets
 * @param applicationId consumer group, and prefix of internal topics and transactions; the same for
 *     all schedulers of a fleet
 * @param instanceId makes this process a static member, so that its restart moves no partition;
 *     none makes it a dynamic one
 * @param threads that work on partitions
 * @param stateDirectory of this process alone; none makes a temporary one
 * @param commitInterval at most so long after a record was read is its transaction committed
 * @param sessionTimeout a scheduler that was not heard of for so long loses its partitions
 * @param transactionTimeout the transaction of a scheduler that died blocks readers so long at most
 */
public record StreamsSettings(
        Map<String, Object> kafka,
        String applicationId,
        @Nullable String instanceId,
        int threads,
        @Nullable Path stateDirectory,
        Duration commitInterval,
        Duration sessionTimeout,
        Duration transactionTimeout) {
    public StreamsSettings {
        kafka = Map.copyOf(kafka);
    }

    /** Client properties are left out: they may hold secrets. */
    @Override
    public String toString() {
        return "StreamsSettings[applicationId=" + applicationId + ", threads=" + threads + "]";
    }
}
