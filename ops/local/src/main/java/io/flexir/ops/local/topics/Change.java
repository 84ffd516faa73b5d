package io.flexir.ops.local.topics;

import io.flexir.ops.local.broker.TopicSpec;

/** One difference between what a cluster has and what it is to have. */
public sealed interface Change {
    /** The topic or share group. */
    String subject();

    /** What would come of carrying it out. */
    Verdict verdict();

    /** A topic is missing. */
    record Create(TopicSpec topic, Verdict verdict) implements Change {
        @Override
        public String subject() {
            return topic.name();
        }
    }

    /** A topic needs more partitions. */
    record MorePartitions(TopicSpec topic, int present, Verdict verdict) implements Change {
        @Override
        public String subject() {
            return topic.name();
        }
    }

    /** A topic has too many partitions: it can only be deleted and created. */
    record FewerPartitions(TopicSpec topic, int present, Verdict verdict) implements Change {
        @Override
        public String subject() {
            return topic.name();
        }
    }

    /** A topic has fewer replicas than it is to have. */
    record MoreReplicas(String subject, int present, int wanted, Verdict verdict)
            implements Change {}

    /**
     * A setting of a topic differs.
     *
     * @param present value in force, empty where there is none
     */
    record TopicSetting(
            String subject, String setting, String present, String wanted, Verdict verdict)
            implements Change {}

    /** A setting of a share group differs. */
    record GroupSetting(
            String subject, String setting, String present, String wanted, Verdict verdict)
            implements Change {}
}
