package io.flexir.scheduler.api.view;

import io.flexir.contracts.request.JobId;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who waits for news of which job. Their number is bounded where they come from. Thread-safe. */
public final class JobListeners {
    private final Map<JobId, List<Runnable>> listeners = new ConcurrentHashMap<>();

    /** Ends a registration; closing it again does nothing. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    Registration add(JobId id, Runnable news) {
        // Each registration has an identity of its own, even where one runnable is registered
        // twice.
        Runnable own = () -> news.run();
        listeners.compute(
                id,
                (job, present) -> {
                    List<Runnable> all = present == null ? new CopyOnWriteArrayList<>() : present;
                    all.add(own);
                    return all;
                });
        return () ->
                listeners.computeIfPresent(
                        id,
                        (job, present) -> {
                            present.remove(own);
                            return present.isEmpty() ? null : present;
                        });
    }

    void tell(JobId id) {
        listeners.getOrDefault(id, List.of()).forEach(Runnable::run);
    }
}
