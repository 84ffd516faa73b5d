package io.flexir.ops.local.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.broker.TopicSizing;
import io.flexir.ops.local.broker.TopicSpec;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

class ChangePlannerTest {
    private static final List<String> POOLS = List.of("cpu");
    private static final TopicSizing SIZING = new TopicSizing(8, 1, 3, 2, Map.of());
    private static final List<TopicSpec> TOPICS = FleetTopics.topics(POOLS, SIZING);
    private static final List<ShareGroupSpec> GROUPS = FleetTopics.shareGroups(POOLS);
    private static final String LEDGER = "flexir-scheduler-ledger-changelog";

    private final Map<String, TopicState> topics = asWanted();
    private final Map<String, Map<String, String>> groups =
            new HashMap<>(Map.of("flexir-cpu", GROUPS.getFirst().config()));

    @Test
    void a_cluster_as_it_is_to_be_needs_nothing() {
        assertThat(plan().changes()).isEmpty();
    }

    @Test
    void what_is_missing_is_created() {
        topics.remove(Topics.CONTROL);

        assertThat(plan().changes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Create.class,
                        create -> {
                            assertThat(create.subject()).isEqualTo(Topics.CONTROL);
                            assertThat(create.topic().replicas()).isEqualTo(3);
                            assertThat(create.verdict()).isEqualTo(Verdict.SAFE);
                        });
    }

    @Test
    void three_replicas_on_two_brokers_cannot_be() {
        topics.remove(Topics.CONTROL);

        Verdict verdict = only(planner().plan(state(2))).verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Refused("3 replicas need as many brokers, and there are 2"));
    }

    @Test
    void another_number_of_job_partitions_is_refused_once_there_was_a_job() {
        alter(Topics.REQUESTS, topic -> used(with(topic, 4), false));

        assertThat(only(plan())).isInstanceOf(Change.MorePartitions.class);
        assertThat(only(plan()).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.why()).contains("ledger"));
        assertThat(plan().hindrances(Set.of(Topics.REQUESTS))).hasSize(1);
    }

    @Test
    void another_number_of_job_partitions_is_refused_once_there_is_a_ledger() {
        alter(Topics.REPORTS, topic -> with(topic, 4));
        topics.put(LEDGER, new TopicState(4, 3, Map.of(), false, false));

        assertThat(only(plan()).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.why()).contains(LEDGER));
    }

    @Test
    void job_partitions_of_a_cluster_that_had_no_job_may_grow_and_shrink() {
        alter(Topics.REQUESTS, topic -> with(topic, 4));
        alter(Topics.REPORTS, topic -> with(topic, 12));

        assertThat(plan().changes())
                .hasSize(2)
                .allMatch(change -> change.verdict().equals(Verdict.SAFE));
    }

    @Test
    void a_compacted_topic_with_records_gets_no_more_partitions() {
        alter(Topics.JOBS, topic -> used(with(topic, 4), true));

        assertThat(only(plan()).verdict()).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void fewer_partitions_of_a_topic_with_records_need_its_name() {
        alter(Topics.OUTCOMES, topic -> used(with(topic, 12), true));

        assertThat(only(plan())).isInstanceOf(Change.FewerPartitions.class);
        assertThat(plan().hindrances(Set.of(Topics.JOBS))).hasSize(1);
        assertThat(plan().hindrances(Set.of(Topics.OUTCOMES))).isEmpty();
    }

    @Test
    void a_shorter_retention_loses_and_a_longer_one_does_not() {
        alter(Topics.OUTCOMES, topic -> used(set(topic, "retention.ms", days(30)), true));
        assertThat(only(plan()).verdict()).isInstanceOf(Verdict.Loses.class);

        alter(Topics.OUTCOMES, topic -> used(set(topic, "retention.ms", days(1)), true));
        assertThat(only(plan()).verdict()).isEqualTo(Verdict.SAFE);
    }

    @Test
    void a_retention_after_none_at_all_loses() {
        alter(Topics.OUTCOMES, topic -> used(set(topic, "retention.ms", "-1"), true));

        assertThat(only(plan()).verdict()).isInstanceOf(Verdict.Loses.class);
    }

    @Test
    void a_bound_on_bytes_is_taken_away_safely() {
        alter(Topics.OUTCOMES, topic -> used(set(topic, "retention.bytes", "1000"), true));

        assertThat(only(plan()).verdict()).isEqualTo(Verdict.SAFE);
    }

    @Test
    void a_shorter_retention_of_an_empty_topic_loses_nothing() {
        alter(Topics.OUTCOMES, topic -> set(topic, "retention.ms", days(30)));

        assertThat(only(plan()).verdict()).isEqualTo(Verdict.SAFE);
    }

    @Test
    void another_cleanup_policy_loses_and_another_order_of_its_words_is_none() {
        alter(Topics.JOBS, topic -> used(set(topic, "cleanup.policy", "delete,compact"), true));
        assertThat(plan().changes()).isEmpty();

        alter(Topics.JOBS, topic -> used(set(topic, "cleanup.policy", "delete"), true));
        assertThat(only(plan()).verdict()).isInstanceOf(Verdict.Loses.class);
    }

    @Test
    void a_ledger_with_too_few_replicas_is_told() {
        topics.put(LEDGER, new TopicState(8, 1, Map.of(), true, true));

        assertThat(only(plan()))
                .isInstanceOfSatisfying(
                        Change.MoreReplicas.class,
                        replicas -> {
                            assertThat(replicas.subject()).isEqualTo(LEDGER);
                            assertThat(replicas.present()).isEqualTo(1);
                        });
    }

    @Test
    void settings_of_share_groups_are_compared() {
        Map<String, String> other = new HashMap<>(GROUPS.getFirst().config());
        other.put("share.isolation.level", "read_uncommitted");
        groups.put("flexir-cpu", other);

        assertThat(only(plan()))
                .isEqualTo(
                        new Change.GroupSetting(
                                "flexir-cpu",
                                "share.isolation.level",
                                "read_uncommitted",
                                "read_committed",
                                Verdict.SAFE));
    }

    @Test
    void topics_of_other_pools_are_named_and_left_alone() {
        topics.put(Topics.work("cuda"), new TopicState(1, 3, Map.of(), true, true));
        topics.put("photos", new TopicState(1, 1, Map.of(), true, true));

        assertThat(plan().changes()).isEmpty();
        assertThat(plan().strangers()).containsExactly(Topics.work("cuda"));
    }

    private static Change only(ClusterPlan plan) {
        assertThat(plan.changes()).hasSize(1);
        return plan.changes().getFirst();
    }

    private ClusterPlan plan() {
        return planner().plan(state(3));
    }

    private static ChangePlanner planner() {
        return new ChangePlanner(TOPICS, GROUPS, "flexir-scheduler");
    }

    private ClusterState state(int brokers) {
        return new ClusterState(brokers, topics, groups);
    }

    private void alter(String topic, UnaryOperator<TopicState> change) {
        topics.put(topic, change.apply(asWanted().get(topic)));
    }

    private static Map<String, TopicState> asWanted() {
        Map<String, TopicState> there = new HashMap<>();
        TOPICS.forEach(
                topic ->
                        there.put(
                                topic.name(),
                                new TopicState(
                                        topic.partitions(), 3, topic.config(), false, false)));
        return there;
    }

    private static TopicState with(TopicState topic, int partitions) {
        return new TopicState(
                partitions,
                topic.replicas(),
                topic.config(),
                topic.holdsRecords(),
                topic.wasUsed());
    }

    private static TopicState used(TopicState topic, boolean holdsRecords) {
        return new TopicState(
                topic.partitions(), topic.replicas(), topic.config(), holdsRecords, true);
    }

    private static TopicState set(TopicState topic, String name, String value) {
        Map<String, String> config = new HashMap<>(topic.config());
        config.put(name, value);
        return new TopicState(
                topic.partitions(),
                topic.replicas(),
                config,
                topic.holdsRecords(),
                topic.wasUsed());
    }

    private static String days(int days) {
        return Long.toString(Duration.ofDays(days).toMillis());
    }
}
