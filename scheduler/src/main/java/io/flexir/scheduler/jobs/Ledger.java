package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** All jobs of one task, in its state store, with the views that follow from it. One thread. */
final class Ledger {
    static final String STORE = "ledger";

    private final KeyValueStore<String, byte[]> store;
    private final JobCodec codec;
    private final List<LedgerView> views;

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
                Job state = codec.decode(entry.value);
                views.forEach(view -> view.entered(id, state));
            }
        }
    }

    @Nullable Job find(JobId id) {
        byte[] bytes = store.get(id.value());
        return bytes == null ? null : codec.decode(bytes);
    }

    /** A job that was not there. */
    void add(JobId id, Job state) {
        store.put(id.value(), codec.encode(state));
        views.forEach(view -> view.entered(id, state));
    }

    /** A job moves on. */
    void move(JobId id, Job from, Job to) {
        store.put(id.value(), codec.encode(to));
        views.forEach(view -> view.left(id, from));
        views.forEach(view -> view.entered(id, to));
    }

    /** A job is forgotten. */
    void remove(JobId id, Job state) {
        store.delete(id.value());
        views.forEach(view -> view.left(id, state));
    }
}
