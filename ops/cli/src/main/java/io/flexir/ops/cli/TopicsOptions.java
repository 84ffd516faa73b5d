package io.flexir.ops.cli;

import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.broker.TopicSizing;
import io.flexir.ops.local.broker.TopicSpec;
import io.flexir.ops.local.topics.ChangePlanner;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the topics of a fleet are to be like. */
final class TopicsOptions {
    private static final Pattern POOL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");

    @Option(
            names = "--pools",
            split = ",",
            defaultValue = "${env:FLEXIR_POOLS:-cpu}",
            description =
                    "Sets of like workers, as schedulers are told; FLEXIR_POOLS (default: ${DEFAULT-VALUE}).")
    private List<String> pools;

    @Option(
            names = "--job-partitions",
            paramLabel = "N",
            defaultValue = "${env:FLEXIR_JOB_PARTITIONS:-4}",
            description = {
                "Partitions that jobs are spread over: as many stream threads, of all schedulers, have work at most.",
                "It cannot be changed once there were jobs; FLEXIR_JOB_PARTITIONS (default: ${DEFAULT-VALUE})."
            })
    private int jobPartitions;

    @Option(
            names = "--work-partitions",
            paramLabel = "N",
            defaultValue = "${env:FLEXIR_WORK_PARTITIONS:-1}",
            description = {
                "Partitions of each pool's orders: few, for where there are as many as workers each gets its own, and one waits",
                "beside another that is overloaded; FLEXIR_WORK_PARTITIONS (default: ${DEFAULT-VALUE})."
            })
    private int workPartitions;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "${env:FLEXIR_TOPIC_REPLICAS:-3}",
            description =
                    "Brokers that have each record; FLEXIR_TOPIC_REPLICAS (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--min-insync",
            paramLabel = "N",
            defaultValue = "${env:FLEXIR_TOPIC_MIN_INSYNC:-2}",
            description =
                    "Brokers that must have a record before it counts as written; FLEXIR_TOPIC_MIN_INSYNC (default:"
                            + " ${DEFAULT-VALUE}).")
    private int minInsync;

    @Option(
            names = "--retention",
            paramLabel = "TOPIC=TIME",
            converter = {NoConverter.class, DurationConverter.class},
            description =
                    "How long a topic's records are kept, where it is not to be the usual time, such as"
                            + " flexir.outcomes.v1=720h; may be given several times.")
    private Map<String, Duration> retention = Map.of();

    @Option(
            names = "--share-session",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "${env:FLEXIR_SHARE_SESSION:-45s}",
            description =
                    "How long a worker's consumer may be silent before its pool goes on without it; brokers allow 45s to 60s unless"
                            + " told otherwise; FLEXIR_SHARE_SESSION (default: ${DEFAULT-VALUE}).")
    private Duration shareSession;

    @Option(
            names = "--share-heartbeat",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "${env:FLEXIR_SHARE_HEARTBEAT:-5s}",
            description =
                    "How often it speaks, and so how long it waits for its first order; brokers allow 5s to 15s unless told"
                            + " otherwise; FLEXIR_SHARE_HEARTBEAT (default: ${DEFAULT-VALUE}).")
    private Duration shareHeartbeat;

    @Option(
            names = "--application-id",
            defaultValue = "${env:FLEXIR_APPLICATION_ID:-flexir-scheduler}",
            description =
                    "Of the schedulers, whose ledger has a topic of its own; FLEXIR_APPLICATION_ID (default: ${DEFAULT-VALUE}).")
    private String applicationId;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Finds what differs from them. */
    ChangePlanner planner() {
        return new ChangePlanner(topics(), groups(), applicationId);
    }

    /** The pools' share groups. */
    List<ShareGroupSpec> groups() {
        try {
            return FleetTopics.shareGroups(pools()).stream()
                    .map(group -> group.withSession(shareSession, shareHeartbeat))
                    .toList();
        } catch (IllegalArgumentException wrong) {
            throw usage(String.valueOf(wrong.getMessage()));
        }
    }

    private List<TopicSpec> topics() {
        try {
            List<TopicSpec> topics =
                    FleetTopics.topics(
                            pools(),
                            new TopicSizing(
                                    jobPartitions, workPartitions, replicas, minInsync, retention));
            requireKnown(topics);
            return topics;
        } catch (IllegalArgumentException wrong) {
            throw usage(String.valueOf(wrong.getMessage()));
        }
    }

    private void requireKnown(List<TopicSpec> topics) {
        Set<String> unknown = new TreeSet<>(retention.keySet());
        topics.forEach(topic -> unknown.remove(topic.name()));
        if (!unknown.isEmpty()) {
            throw usage(
                    "--retention of "
                            + String.join(", ", unknown)
                            + ": the fleet has "
                            + topics.stream()
                                    .map(TopicSpec::name)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
    }

    private List<String> pools() {
        pools.forEach(
                pool -> {
                    if (!POOL.matcher(pool).matches()) {
                        throw usage("'" + pool + "' is no name of a pool");
                    }
                });
        return pools.stream().distinct().toList();
    }

    private ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** Keys as they are. */
    static final class NoConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return text;
        }
    }
}
