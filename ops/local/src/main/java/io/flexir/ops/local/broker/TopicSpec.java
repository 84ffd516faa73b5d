package io.flexir.ops.local.broker;

import java.util.Map;

/**
 * A topic as it is to exist.
 *
 * @param partitions at least 1
 * @param config topic-level settings, for example {@code cleanup.policy}
 */
public record TopicSpec(String name, int partitions, Map<String, String> config) {

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions of " + name + " must be at least 1, was " + partitions);
        }
        config = Map.copyOf(config);
    }
}
