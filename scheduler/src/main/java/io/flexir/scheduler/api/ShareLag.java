package io.flexir.scheduler.api;

import io.flexir.contracts.wire.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjLongConsumer;

/**
 * Asks the broker now and then how far the workers of each pool are behind their work topic. What
 * it does not know yet, as of a group that nobody has joined, is not told.
 */
final class ShareLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShareLag.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int ANSWER_SECONDS = 5;

    private final List<String> pools;
    private final ObjLongConsumer<String> news;
    private final Admin admin;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("flexir-share-lag").daemon().factory());

    /**
     * @param kafka how to reach the broker
     * @param news told the records that are left of each pool
     */
    ShareLag(List<String> pools, Map<String, Object> kafka, ObjLongConsumer<String> news) {
        this.pools = List.copyOf(pools);
        this.news = news;
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "flexir-share-lag");
        this.admin = Admin.create(properties);
    }

    void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }

    private void look() {
        pools.forEach(this::look);
    }

    private void look(String pool) {
        String group = Topics.shareGroup(pool);
        try {
            Map<TopicPartition, SharePartitionOffsetInfo> all =
                    admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                            .partitionsToOffsetInfo(group)
                            .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, SharePartitionOffsetInfo> partitions = ofWork(pool, all);
            news.accept(pool, partitions.values().stream().mapToLong(ShareLag::lagOf).sum());
        } catch (ExecutionException | TimeoutException unanswered) {
            LOG.debug("event=share_lag_unknown pool={}", pool, unanswered);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            // A failed look is not the last one.
            LOG.error("event=share_lag_look_failed pool={}", pool, broken);
        }
    }

    /** A group may have been used to read topics that are not its own: those do not count. */
    static Map<TopicPartition, SharePartitionOffsetInfo> ofWork(
            String pool, Map<TopicPartition, SharePartitionOffsetInfo> all) {
        Map<TopicPartition, SharePartitionOffsetInfo> own = new HashMap<>(all);
        own.keySet().removeIf(partition -> !partition.topic().equals(Topics.work(pool)));
        return own;
    }

    private static long lagOf(SharePartitionOffsetInfo partition) {
        return partition == null ? 0 : partition.lag().orElse(0L);
    }
}
