package io.flexir.scheduler.api;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Deletes orders from their topic that the workers have acknowledged, so that a share group which
 * has lost its place and begins again finds none of them. Not thread-safe.
 */
final class SettledOrders {
    private static final Logger LOG = LoggerFactory.getLogger(SettledOrders.class);
    private static final int ANSWER_SECONDS = 5;

    private final Admin admin;
    private final Map<TopicPartition, Long> deletedBefore = new HashMap<>();
    private boolean refused;

    /**
     * @param admin stays the caller's to close
     */
    SettledOrders(Admin admin) {
        this.admin = admin;
    }

    /**
     * @param groups where the group stands in each partition: everything before its start is
     *     acknowledged
     */
    void delete(Map<TopicPartition, SharePartitionOffsetInfo> groups) throws InterruptedException {
        Map<TopicPartition, RecordsToDelete> settled = new HashMap<>();
        groups.forEach(
                (partition, group) -> {
                    if (group != null
                            && group.startOffset() > deletedBefore.getOrDefault(partition, 0L)) {
                        settled.put(partition, RecordsToDelete.beforeOffset(group.startOffset()));
                    }
                });
        if (settled.isEmpty()) {
            return;
        }
        try {
            admin.deleteRecords(settled).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            settled.forEach(
                    (partition, records) -> deletedBefore.put(partition, records.beforeOffset()));
            refused = false;
        } catch (ExecutionException | TimeoutException undone) {
            if (!refused) {
                LOG.warn("event=settled_orders_not_deleted partitions={}", settled.size(), undone);
            }
            refused = true;
        }
    }
}
