package io.flexir.ops.local.topics;

import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.broker.TopicSpec;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Reads what a cluster has, and carries changes out. Blocks; not thread-safe. */
public final class ClusterTopics {
    private static final long ANSWER_SECONDS = 30;
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Admin admin;

    /**
     * @param admin stays the caller's to close
     */
    public ClusterTopics(Admin admin) {
        this.admin = admin;
    }

    /**
     * What there is.
     *
     * @param groups share groups whose settings are asked for
     * @throws KafkaException if the brokers do not answer, or refuse to
     */
    public ClusterState read(List<ShareGroupSpec> groups) {
        Map<String, TopicDescription> described =
                await(admin.describeTopics(await(admin.listTopics().names())).allTopicNames());
        Map<String, Map<String, String>> configs =
                configs(ConfigResource.Type.TOPIC, described.keySet());
        Map<TopicPartition, Long> starts = offsets(described.values(), OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(described.values(), OffsetSpec.latest());
        Map<String, TopicState> topics = new HashMap<>();
        described.forEach(
                (name, topic) ->
                        topics.put(
                                name,
                                state(topic, configs.getOrDefault(name, Map.of()), starts, ends)));
        return new ClusterState(
                await(admin.describeCluster().nodes()).size(),
                topics,
                configs(
                        ConfigResource.Type.GROUP,
                        groups.stream().map(ShareGroupSpec::name).collect(Collectors.toSet())));
    }

    private static TopicState state(
            TopicDescription topic,
            Map<String, String> config,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        List<TopicPartition> partitions = partitions(topic);
        return new TopicState(
                partitions.size(),
                topic.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(0),
                config,
                partitions.stream()
                        .anyMatch(
                                partition ->
                                        ends.getOrDefault(partition, 0L)
                                                > starts.getOrDefault(partition, 0L)),
                partitions.stream().anyMatch(partition -> ends.getOrDefault(partition, 0L) > 0));
    }

    private static List<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicDescription> topics, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        topics.stream()
                .filter(topic -> !topic.isInternal())
                .flatMap(topic -> partitions(topic).stream())
                .forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, Long> found = new HashMap<>();
        await(admin.listOffsets(asked).all())
                .forEach((partition, info) -> found.put(partition, info.offset()));
        return found;
    }

    private Map<String, Map<String, String>> configs(
            ConfigResource.Type type, Collection<String> names) {
        List<ConfigResource> asked =
                names.stream().map(name -> new ConfigResource(type, name)).toList();
        Map<String, Map<String, String>> found = new HashMap<>();
        await(admin.describeConfigs(asked).all())
                .forEach((resource, config) -> found.put(resource.name(), values(config)));
        return found;
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        config.entries().stream()
                .filter(entry -> entry.value() != null)
                .forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }

    /**
     * Carries a plan out, in its order, and returns when the brokers show it: what they have taken
     * is not seen by all of them at once. What was done before a failure stays done; the next plan
     * has the rest.
     *
     * @param planner who made the plan
     * @param groups whose settings it was made with
     * @param mayLose topics whose records may go
     * @throws IllegalArgumentException if something stands against it: then nothing was done
     * @throws KafkaException if the brokers do not answer, or refuse to
     */
    public void apply(
            ClusterPlan plan,
            Set<String> mayLose,
            ChangePlanner planner,
            List<ShareGroupSpec> groups) {
        if (!plan.hindrances(mayLose).isEmpty()) {
            throw new IllegalArgumentException("changes stand against the plan");
        }
        plan.changes().forEach(this::carryOut);
        until(
                () -> planner.plan(read(groups)).changes().isEmpty(),
                "the brokers have taken the changes, and do not show them yet");
    }

    /** Topics that come or go between two questions are not found by the second. */
    private static void until(BooleanSupplier seen, String otherwise) {
        long end = System.nanoTime() + SHOWN_WITHIN.toNanos();
        while (!isTrue(seen)) {
            if (System.nanoTime() > end) {
                throw new KafkaException(otherwise + ": plan again in a while");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private static boolean isTrue(BooleanSupplier seen) {
        try {
            return seen.getAsBoolean();
        } catch (KafkaException between) {
            if (between.getCause() instanceof ExecutionException refused
                    && refused.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw between;
        }
    }

    private void carryOut(Change change) {
        switch (change) {
            case Change.Create create -> create(create.topic());
            case Change.MorePartitions more ->
                    await(
                            admin.createPartitions(
                                            Map.of(
                                                    more.subject(),
                                                    NewPartitions.increaseTo(
                                                            more.topic().partitions())))
                                    .all());
            case Change.FewerPartitions fewer -> createAgain(fewer.topic());
            case Change.MoreReplicas more ->
                    throw new IllegalStateException(more.subject() + " stood against the plan");
            case Change.TopicSetting setting ->
                    set(
                            ConfigResource.Type.TOPIC,
                            setting.subject(),
                            setting.setting(),
                            setting.wanted());
            case Change.GroupSetting setting ->
                    set(
                            ConfigResource.Type.GROUP,
                            setting.subject(),
                            setting.setting(),
                            setting.wanted());
        }
    }

    private void create(TopicSpec topic) {
        new ClusterSetup(admin).createTopics(List.of(topic));
    }

    /** Brokers delete in their own time, and refuse the name until then. */
    private void createAgain(TopicSpec topic) {
        await(admin.deleteTopics(List.of(topic.name())).all());
        until(
                () -> !await(admin.listTopics().names()).contains(topic.name()),
                topic.name() + " is being deleted, and is still there");
        create(topic);
    }

    private void set(ConfigResource.Type type, String subject, String name, String value) {
        List<AlterConfigOp> change =
                List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
        await(
                admin.incrementalAlterConfigs(Map.of(new ConfigResource(type, subject), change))
                        .all());
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", stopping);
        } catch (ExecutionException refused) {
            throw new KafkaException(why(refused), refused);
        } catch (TimeoutException unanswered) {
            throw new KafkaException("no answer within " + ANSWER_SECONDS + " s", unanswered);
        }
    }

    private static String why(ExecutionException refused) {
        Throwable cause = refused.getCause();
        return String.valueOf((cause == null ? refused : cause).getMessage());
    }
}
