package io.flexir.contracts.wire;

import java.time.Duration;
import java.util.List;

/**
 * What a topic must be like for the guarantees to hold.
 *
 * @param name of the topic
 * @param message what it carries
 * @param key what its records are keyed by, in words
 * @param cleanup log, compacted, or compacted with tombstones that expire
 * @param retention how long records (or, compacted, tombstones) are kept
 */
public record TopicDefinition(
        String name, MessageType<?> message, String key, Cleanup cleanup, Duration retention) {
    private static final Duration WEEK = Duration.ofDays(7);

    /** Every topic of a fleet whose workers form these pools. */
    public static List<TopicDefinition> of(List<String> pools) {
        List<TopicDefinition> topics =
                new java.util.ArrayList<>(
                        List.of(
                                new TopicDefinition(
                                        Topics.REQUESTS,
                                        MessageType.REQUEST,
                                        "job id",
                                        Cleanup.DELETE,
                                        WEEK),
                                new TopicDefinition(
                                        Topics.JOBS,
                                        MessageType.JOB,
                                        "job id",
                                        Cleanup.COMPACT_AND_DELETE,
                                        WEEK),
                                new TopicDefinition(
                                        Topics.REPORTS,
                                        MessageType.REPORT,
                                        "job id",
                                        Cleanup.DELETE,
                                        WEEK),
                                new TopicDefinition(
                                        Topics.OUTCOMES,
                                        MessageType.OUTCOME,
                                        "job id",
                                        Cleanup.DELETE,
                                        WEEK),
                                new TopicDefinition(
                                        Topics.WORKERS,
                                        MessageType.HEARTBEAT,
                                        "worker id",
                                        Cleanup.COMPACT_AND_DELETE,
                                        Duration.ofHours(1)),
                                new TopicDefinition(
                                        Topics.CONTROL,
                                        MessageType.CONTROL,
                                        "cancel/<job>, policy/<name>, bundle/<name>, experiment/<name>, feedback/<job>, purge/<job> or purge-tenant/<tenant>",
                                        Cleanup.COMPACT,
                                        WEEK),
                                new TopicDefinition(
                                        Topics.WEBHOOKS,
                                        MessageType.WEBHOOK,
                                        "job id",
                                        Cleanup.COMPACT_AND_DELETE,
                                        WEEK),
                                new TopicDefinition(
                                        Topics.DEAD_LETTER,
                                        MessageType.DEAD_LETTER,
                                        "none",
                                        Cleanup.DELETE,
                                        WEEK)));
        pools.forEach(
                pool ->
                        topics.add(
                                new TopicDefinition(
                                        Topics.work(pool),
                                        MessageType.WORK_ORDER,
                                        "job id",
                                        Cleanup.DELETE,
                                        WEEK)));
        return List.copyOf(topics);
    }

    /** How old records go. */
    public enum Cleanup {
        DELETE,
        COMPACT,
        COMPACT_AND_DELETE;

        /** The value of Kafka's {@code cleanup.policy}. */
        public String policy() {
            return switch (this) {
                case DELETE -> "delete";
                case COMPACT -> "compact";
                case COMPACT_AND_DELETE -> "compact,delete";
            };
        }
    }
}
