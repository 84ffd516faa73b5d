package io.flexir.ops.local.broker;

import io.flexir.contracts.wire.TopicDefinition;
import io.flexir.contracts.wire.Topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The contract's topics and share groups, sized for one machine. */
public final class FleetTopics {

    /** Jobs spread over so many partitions; requests and reports must have the same number. */
    private static final int JOB_PARTITIONS = 4;

    private static final Set<String> JOB_TOPICS =
            Set.of(Topics.REQUESTS, Topics.REPORTS, Topics.JOBS, Topics.OUTCOMES);
    private static final Duration LONGEST_SEGMENT = Duration.ofHours(6);

    private FleetTopics() {}

    /** Every topic of a fleet whose workers form these pools. */
    public static List<TopicSpec> topics(List<String> pools) {
        return TopicDefinition.of(pools).stream().map(FleetTopics::spec).toList();
    }

    /** The groups with which these pools' workers read their orders. */
    public static List<ShareGroupSpec> shareGroups(List<String> pools) {
        return pools.stream().map(pool -> ShareGroupSpec.of(Topics.shareGroup(pool))).toList();
    }

    private static TopicSpec spec(TopicDefinition topic) {
        return new TopicSpec(topic.name(), partitions(topic.name()), config(topic));
    }

    /**
     * All but the job topics have one partition. For work that matters: with as many partitions as
     * workers the broker gives each worker a partition of its own, and one waits while the other is
     * overloaded.
     */
    private static int partitions(String topic) {
        return JOB_TOPICS.contains(topic) ? JOB_PARTITIONS : 1;
    }

    private static Map<String, String> config(TopicDefinition topic) {
        String retention = Long.toString(topic.retention().toMillis());
        // Only closed segments expire or are compacted.
        Duration quarter = topic.retention().dividedBy(4);
        Duration segment = quarter.compareTo(LONGEST_SEGMENT) < 0 ? quarter : LONGEST_SEGMENT;
        Map<String, String> config = new HashMap<>();
        config.put("cleanup.policy", topic.cleanup().policy());
        config.put("segment.ms", Long.toString(segment.toMillis()));
        switch (topic.cleanup()) {
            case DELETE -> config.put("retention.ms", retention);
            case COMPACT -> config.put("delete.retention.ms", retention);
            case COMPACT_AND_DELETE -> {
                config.put("retention.ms", retention);
                config.put("delete.retention.ms", retention);
            }
        }
        return config;
    }
}
