package io.flexir.ops.local.topics;

import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.broker.TopicSpec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the differences, and what each would do to the records that are there. Pure. */
public final class ChangePlanner {
    private static final String OWN = "flexir.";
    private static final String CHANGELOG = "-changelog";

    private final List<TopicSpec> topics;
    private final List<ShareGroupSpec> groups;
    private final String applicationId;
    private final SettingRules settings = new SettingRules();

    /**
     * @param topics that there are to be
     * @param groups that there are to be
     * @param applicationId of the schedulers, whose ledger has a topic of its own
     */
    public ChangePlanner(
            List<TopicSpec> topics, List<ShareGroupSpec> groups, String applicationId) {
        this.topics = topics.stream().sorted(Comparator.comparing(TopicSpec::name)).toList();
        this.groups = List.copyOf(groups);
        this.applicationId = applicationId;
    }

    /** What has to change for the cluster to be as it is to be. */
    public ClusterPlan plan(ClusterState state) {
        List<Change> changes = new ArrayList<>();
        for (TopicSpec topic : topics) {
            TopicState present = state.topics().get(topic.name());
            if (present == null) {
                changes.add(new Change.Create(topic, creating(topic, state)));
            } else {
                addDifferences(topic, present, state, changes);
            }
        }
        addLedgerReplicas(state, changes);
        groups.forEach(group -> addDifferences(group, state, changes));
        return new ClusterPlan(changes, strangers(state));
    }

    private static Verdict creating(TopicSpec topic, ClusterState state) {
        return topic.replicas() > state.brokers()
                ? new Verdict.Refused(tooFewBrokers(topic.replicas(), state.brokers()))
                : Verdict.SAFE;
    }

    private static String tooFewBrokers(int replicas, int brokers) {
        return replicas + " replicas need as many brokers, and there are " + brokers;
    }

    private void addDifferences(
            TopicSpec topic, TopicState present, ClusterState state, List<Change> changes) {
        if (topic.partitions() > present.partitions()) {
            changes.add(
                    new Change.MorePartitions(
                            topic, present.partitions(), adding(topic, present, state)));
        }
        if (topic.partitions() < present.partitions()) {
            changes.add(
                    new Change.FewerPartitions(
                            topic, present.partitions(), removing(topic, present, state)));
        }
        addReplicas(topic.name(), topic.replicas(), present, state, changes);
        new TreeMap<>(topic.config())
                .forEach(
                        (name, wanted) -> {
                            String value = present.config().getOrDefault(name, "");
                            if (!settings.same(name, value, wanted)) {
                                changes.add(
                                        new Change.TopicSetting(
                                                topic.name(),
                                                name,
                                                value,
                                                wanted,
                                                settings.verdict(name, value, wanted, present)));
                            }
                        });
    }

    private Verdict adding(TopicSpec topic, TopicState present, ClusterState state) {
        return byTheLedger(topic, state)
                .orElseGet(
                        () ->
                                present.wasUsed() && compacted(topic)
                                        ? new Verdict.Refused(
                                                "its records are the latest of each key, and a key would go to another"
                                                        + " partition than its record before, which would stay beside it")
                                        : Verdict.SAFE);
    }

    private Verdict removing(TopicSpec topic, TopicState present, ClusterState state) {
        return byTheLedger(topic, state)
                .orElseGet(
                        () ->
                                present.holdsRecords()
                                        ? new Verdict.Loses(
                                                "all of its records: partitions cannot be taken away, so that it is"
                                                        + " deleted and created again")
                                        : Verdict.SAFE);
    }

    /**
     * The ledger has as many partitions as the topics that feed it, and a job is in one of them.
     */
    private Optional<Verdict> byTheLedger(TopicSpec topic, ClusterState state) {
        if (!FleetTopics.feedsTheLedger(topic.name())) {
            return Optional.empty();
        }
        List<String> ledger = changelogs(state);
        boolean used =
                topics.stream()
                        .map(TopicSpec::name)
                        .filter(FleetTopics::feedsTheLedger)
                        .map(state.topics()::get)
                        .anyMatch(there -> there != null && there.wasUsed());
        if (!used && ledger.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Verdict.Refused(
                        "jobs are spread over its partitions as over those of the schedulers' ledger"
                                + (ledger.isEmpty() ? "" : " " + ledger)
                                + ": jobs would be looked for where they are not, and the schedulers would refuse to start."
                                + " Let a new fleet on another cluster take new jobs while this one ends its own"));
    }

    private List<String> changelogs(ClusterState state) {
        return state.topics().keySet().stream()
                .filter(name -> name.startsWith(applicationId + "-") && name.endsWith(CHANGELOG))
                .sorted()
                .toList();
    }

    /** What the schedulers create themselves must outlive a broker, too. */
    private void addLedgerReplicas(ClusterState state, List<Change> changes) {
        int wanted =
                topics.stream()
                        .mapToInt(TopicSpec::replicas)
                        .max()
                        .orElse(TopicSpec.BROKERS_CHOICE);
        for (String changelog : changelogs(state)) {
            TopicState present = state.topics().get(changelog);
            if (present != null) {
                addReplicas(changelog, wanted, present, state, changes);
            }
        }
    }

    private static void addReplicas(
            String topic, int wanted, TopicState present, ClusterState state, List<Change> to) {
        if (wanted > present.replicas()) {
            to.add(
                    new Change.MoreReplicas(
                            topic,
                            present.replicas(),
                            wanted,
                            new Verdict.Refused(
                                    wanted > state.brokers()
                                            ? tooFewBrokers(wanted, state.brokers())
                                            : "replicas are placed with Kafka's kafka-reassign-partitions.sh, which also bounds"
                                                    + " what copying takes of the network")));
        }
    }

    private static boolean compacted(TopicSpec topic) {
        return topic.config().getOrDefault("cleanup.policy", "").contains("compact");
    }

    private static void addDifferences(
            ShareGroupSpec group, ClusterState state, List<Change> changes) {
        Map<String, String> present = state.groups().getOrDefault(group.name(), Map.of());
        new TreeMap<>(group.config())
                .forEach(
                        (name, wanted) -> {
                            String value = present.getOrDefault(name, "");
                            if (!value.equals(wanted)) {
                                changes.add(
                                        new Change.GroupSetting(
                                                group.name(), name, value, wanted, Verdict.SAFE));
                            }
                        });
    }

    private List<String> strangers(ClusterState state) {
        Set<String> own = topics.stream().map(TopicSpec::name).collect(Collectors.toSet());
        return state.topics().keySet().stream()
                .filter(name -> name.startsWith(OWN) && !own.contains(name))
                .sorted()
                .toList();
    }
}
