package io.flexir.ops.local.topics;

import java.util.Map;

/**
 * A cluster as it is.
 *
 * @param brokers that answer
 * @param topics by name
 * @param groups settings in force of the share groups that were asked for, by name
 */
public record ClusterState(
        int brokers, Map<String, TopicState> topics, Map<String, Map<String, String>> groups) {
    public ClusterState {
        topics = Map.copyOf(topics);
        groups = Map.copyOf(groups);
    }
}
