package io.flexir.ops.local.topics;

import java.util.Map;

/**
 * A topic as it is.
 *
 * @param replicas of the partition that has fewest
 * @param config every setting in force, whoever set it
 * @param holdsRecords whether there is a record in it now
 * @param wasUsed whether there ever was one
 */
public record TopicState(
        int partitions,
        int replicas,
        Map<String, String> config,
        boolean holdsRecords,
        boolean wasUsed) {
    public TopicState {
        config = Map.copyOf(config);
    }
}
