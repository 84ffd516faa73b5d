package io.flexir.ops.local.broker;

import java.util.Map;

/**
 * A topic as it is to exist.
 *
 * @param partitions at least 1
 * @param replicas of each partition, {@link #BROKERS_CHOICE} for as many as the brokers are
 *     configured for
 * @param config topic-level settings, for example {@code cleanup.policy}
 */
public record TopicSpec(String name, int partitions, int replicas, Map<String, String> config) {
    /** As many replicas as the brokers give a topic that does not say. */
    public static final int BROKERS_CHOICE = -1;

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions of " + name + " must be at least 1, was " + partitions);
        }
        if (replicas < 1 && replicas != BROKERS_CHOICE) {
            throw new IllegalArgumentException(
                    "replicas of " + name + " must be at least 1, was " + replicas);
        }
        config = Map.copyOf(config);
    }

    /** One with as many replicas as the brokers are configured for. */
    public TopicSpec(String name, int partitions, Map<String, String> config) {
        this(name, partitions, BROKERS_CHOICE, config);
    }
}
