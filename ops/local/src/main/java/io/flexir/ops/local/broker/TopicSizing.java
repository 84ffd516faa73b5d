package io.flexir.ops.local.broker;

import java.time.Duration;
import java.util.Map;

/**
 * What differs from cluster to cluster.
 *
 * @param jobPartitions that jobs are spread over: at most so many stream threads, of all
 *     schedulers, have work. It cannot be changed once there were jobs
 * @param workPartitions of each pool's work orders; few, since a worker is given partitions of its
 *     own where there are enough
 * @param replicas of every partition, {@link TopicSpec#BROKERS_CHOICE} for as many as the brokers
 *     are configured for
 * @param minInsync replicas that must have a record before it counts as written; 0 for as many as
 *     the brokers are configured for
 * @param retention of topics that are to be kept for another time than the usual one, by name
 */
public record TopicSizing(
        int jobPartitions,
        int workPartitions,
        int replicas,
        int minInsync,
        Map<String, Duration> retention) {
    /** One broker on one machine. */
    public static final TopicSizing ONE_MACHINE =
            new TopicSizing(4, 1, TopicSpec.BROKERS_CHOICE, 0, Map.of());

    private static final int MAX_PARTITIONS = 10_000;
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    public TopicSizing {
        require(
                jobPartitions >= 1 && jobPartitions <= MAX_PARTITIONS,
                "job partitions",
                "1 to 10000");
        require(
                workPartitions >= 1 && workPartitions <= MAX_PARTITIONS,
                "work partitions",
                "1 to 10000");
        require(
                replicas == TopicSpec.BROKERS_CHOICE || (replicas >= 1 && replicas <= 32),
                "replicas",
                "1 to 32");
        require(
                minInsync >= 0 && (replicas == TopicSpec.BROKERS_CHOICE || minInsync <= replicas),
                "min.insync.replicas",
                "at most the number of replicas, which is " + replicas);
        retention = Map.copyOf(retention);
        retention.forEach(
                (topic, kept) ->
                        require(
                                kept.compareTo(SHORTEST) >= 0,
                                "the retention of " + topic,
                                "a minute at least"));
    }

    private static void require(boolean fits, String what, String range) {
        if (!fits) {
            throw new IllegalArgumentException(what + " must be " + range);
        }
    }
}
