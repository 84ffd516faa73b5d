package io.flexir.ops.local.broker;

import io.flexir.contracts.wire.TopicDefinition;
import io.flexir.contracts.wire.Topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The contract's topics and share groups: what a cluster of any size is to have. */
public final class FleetTopics {

    private static final Set<String> JOB_TOPICS =
            Set.of(Topics.REQUESTS, Topics.REPORTS, Topics.JOBS, Topics.OUTCOMES);
    private static final Set<String> LEDGER_TOPICS = Set.of(Topics.REQUESTS, Topics.REPORTS);
    private static final Duration LONGEST_SEGMENT = Duration.ofHours(6);

    private FleetTopics() {}

    /** Every topic of a fleet on one machine whose workers form these pools. */
    public static List<TopicSpec> topics(List<String> pools) {
        return topics(pools, TopicSizing.ONE_MACHINE);
    }

    /** Every topic of a fleet whose workers form these pools. */
    public static List<TopicSpec> topics(List<String> pools, TopicSizing sizing) {
        return TopicDefinition.of(pools).stream().map(topic -> spec(topic, sizing)).toList();
    }

    /**
     * Whether jobs are spread over the topic's partitions by their id, so that the ledger's
     * partitions are its partitions.
     */
    public static boolean feedsTheLedger(String topic) {
        return LEDGER_TOPICS.contains(topic);
    }

    /** The groups with which these pools' workers read their orders. */
    public static List<ShareGroupSpec> shareGroups(List<String> pools) {
        return pools.stream().map(pool -> ShareGroupSpec.of(Topics.shareGroup(pool))).toList();
    }

    private static TopicSpec spec(TopicDefinition topic, TopicSizing sizing) {
        return new TopicSpec(
                topic.name(),
                partitions(topic.name(), sizing),
                sizing.replicas(),
                config(topic, sizing));
    }

    /**
     * All but the job topics have one partition. For work that matters: with as many partitions as
     * workers the broker gives each worker a partition of its own, and one waits while the other is
     * overloaded.
     */
    private static int partitions(String topic, TopicSizing sizing) {
        if (JOB_TOPICS.contains(topic)) {
            return sizing.jobPartitions();
        }
        return Topics.isWork(topic) ? sizing.workPartitions() : 1;
    }

    private static Map<String, String> config(TopicDefinition topic, TopicSizing sizing) {
        Duration kept = sizing.retention().getOrDefault(topic.name(), topic.retention());
        String retention = Long.toString(kept.toMillis());
        // Only closed segments expire or are compacted.
        Duration quarter = kept.dividedBy(4);
        Duration segment = quarter.compareTo(LONGEST_SEGMENT) < 0 ? quarter : LONGEST_SEGMENT;
        Map<String, String> config = new HashMap<>();
        config.put("cleanup.policy", topic.cleanup().policy());
        config.put("segment.ms", Long.toString(segment.toMillis()));
        // How far back a topic goes is told by time: by size nobody could tell it.
        config.put("retention.bytes", "-1");
        if (Topics.isWork(topic.name())) {
            // A group that begins anew looks for orders of the last moments: by one clock.
            config.put("message.timestamp.type", "LogAppendTime");
        }
        if (sizing.minInsync() > 0) {
            config.put("min.insync.replicas", Integer.toString(sizing.minInsync()));
        }
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
