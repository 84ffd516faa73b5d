package io.flexir.ops.deploy.helm;

import io.flexir.contracts.wire.TopicDefinition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Topics as the contract has them, in the words of their settings. */
final class ContractTopics {
    private static final Set<String> OF_JOBS =
            Set.of(
                    "flexir.requests.v1",
                    "flexir.reports.v1",
                    "flexir.jobs.v1",
                    "flexir.outcomes.v1");
    private static final Duration LONGEST_SEGMENT = Duration.ofHours(6);

    private ContractTopics() {}

    static Map<String, Map<String, String>> of(
            List<String> pools, int jobPartitions, int workPartitions) {
        Map<String, Map<String, String>> topics = new TreeMap<>();
        for (TopicDefinition topic : TopicDefinition.of(pools)) {
            Map<String, String> settings = new TreeMap<>();
            String retention = Long.toString(topic.retention().toMillis());
            Duration quarter = topic.retention().dividedBy(4);
            settings.put("cleanup.policy", topic.cleanup().policy());
            settings.put(
                    "segment.ms",
                    Long.toString(
                            (quarter.compareTo(LONGEST_SEGMENT) < 0 ? quarter : LONGEST_SEGMENT)
                                    .toMillis()));
            if (topic.cleanup().policy().contains("delete")) {
                settings.put("retention.ms", retention);
            }
            if (topic.cleanup().policy().contains("compact")) {
                settings.put("delete.retention.ms", retention);
            }
            boolean work = topic.name().startsWith("flexir.work.");
            int partitions =
                    OF_JOBS.contains(topic.name()) ? jobPartitions : work ? workPartitions : 1;
            settings.put("partitions", Integer.toString(partitions));
            topics.put(topic.name(), settings);
        }
        return topics;
    }
}
