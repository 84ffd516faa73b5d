package io.flexir.scheduler.api.keeping;

import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.storage.ObjectStore;

import java.util.ArrayList;
import java.util.List;

/** Deletes objects, many with a request. One thread. */
final class DeleteBatch {
    private static final int MOST = 1000;

    private final ObjectStore store;
    private final SchedulerMetrics metrics;
    private final String reason;
    private final List<String> keys = new ArrayList<>();
    private int deleted;

    /**
     * @param reason that they are counted by
     */
    DeleteBatch(ObjectStore store, SchedulerMetrics metrics, String reason) {
        this.store = store;
        this.metrics = metrics;
        this.reason = reason;
    }

    /**
     * @throws io.flexir.scheduler.storage.StorageException when one could not be deleted
     */
    void add(String key) {
        keys.add(key);
        if (keys.size() == MOST) {
            flush();
        }
    }

    /**
     * Deletes those that are left.
     *
     * @return how many there were in all
     * @throws io.flexir.scheduler.storage.StorageException when one could not be deleted
     */
    int flush() {
        store.delete(keys);
        metrics.objectsDeleted(reason, keys.size());
        deleted += keys.size();
        keys.clear();
        return deleted;
    }
}
