package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All jobs of one task, in its state store, with the views that follow from it. What changes in one
 * step is written when the step ends, once for each job. One thread.
 */
final class Ledger {
    static final String STORE = "ledger";

    private final KeyValueStore<String, byte[]> store;
    private final JobCodec codec;
    private final List<LedgerView> views;
    private final Map<JobId, Job> unwritten = new HashMap<>();

    /** Nearly every request is for a job that is not here: told without a search of the store. */
    private final Set<JobId> known = new HashSet<>();

    Ledger(KeyValueStore<String, byte[]> store, JobCodec codec, List<LedgerView> views) {
        this.store = store;
        this.codec = codec;
        this.views = List.copyOf(views);
    }

    /** Shows the views every job that the store brought back. To be called once, at the start. */
    void replay() {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                JobId id = new JobId(entry.key);
                known.add(id);
                Job state = codec.decode(entry.value);
                views.forEach(view -> view.entered(id, state));
            }
        }
    }

    @Nullable Job find(JobId id) {
        if (!known.contains(id)) {
            return null;
        }
        Job changed = unwritten.get(id);
        if (changed != null) {
            return changed;
        }
        byte[] bytes = store.get(id.value());
        return bytes == null ? null : codec.decode(bytes);
    }

    /** A job that was not there. */
    void add(JobId id, Job state) {
        known.add(id);
        unwritten.put(id, state);
        views.forEach(view -> view.entered(id, state));
    }

    /** A job moves on. */
    void move(JobId id, Job from, Job to) {
        unwritten.put(id, to);
        views.forEach(view -> view.left(id, from));
        views.forEach(view -> view.entered(id, to));
    }

    /** A job is forgotten. */
    void remove(JobId id, Job state) {
        known.remove(id);
        unwritten.remove(id);
        store.delete(id.value());
        views.forEach(view -> view.left(id, state));
    }

    /** A step ends, still within its transaction: what it changed goes to the store. */
    void write() {
        unwritten.forEach((id, state) -> store.put(id.value(), codec.encode(state)));
        unwritten.clear();
    }
}
