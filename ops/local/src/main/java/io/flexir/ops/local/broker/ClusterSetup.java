package io.flexir.ops.local.broker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings a cluster to the topics and share groups it is to have. Doing it twice changes nothing.
 */
public final class ClusterSetup {

    private static final long ANSWER_SECONDS = 30;

    private final Admin admin;

    /**
     * @param admin stays the caller's to close
     */
    public ClusterSetup(Admin admin) {
        this.admin = admin;
    }

    /** Creates what is missing; topics that exist keep their partitions and settings. */
    public void createTopics(Collection<TopicSpec> topics) {
        Set<String> missing = new HashSet<>();
        topics.forEach(topic -> missing.add(topic.name()));
        missing.removeAll(await(admin.listTopics().names()));
        List<NewTopic> created =
                topics.stream()
                        .filter(topic -> missing.contains(topic.name()))
                        .map(ClusterSetup::newTopic)
                        .toList();
        await(admin.createTopics(created).all());
    }

    /** Sets the groups' settings, whether or not the groups have members yet. */
    public void configure(Collection<ShareGroupSpec> groups) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (ShareGroupSpec group : groups) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.GROUP, group.name()), settings(group));
        }
        await(admin.incrementalAlterConfigs(changes).all());
    }

    private static List<AlterConfigOp> settings(ShareGroupSpec group) {
        return group.config().entrySet().stream()
                .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList();
    }

    private static NewTopic newTopic(TopicSpec topic) {
        Optional<Short> replicas =
                topic.replicas() == TopicSpec.BROKERS_CHOICE
                        ? Optional.empty()
                        : Optional.of((short) topic.replicas());
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), replicas)
                .configs(topic.config());
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while setting up the cluster", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("topics or groups were not set up: " + e.getMessage(), e);
        }
    }
}
