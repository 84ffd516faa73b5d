package io.flexir.scheduler.api.keeping;

import io.flexir.contracts.wire.Topics;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.keeping.Expiry;
import io.flexir.scheduler.keeping.KeepingRules;
import io.flexir.scheduler.keeping.KnownJobs;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.ResultKeys;
import io.flexir.scheduler.storage.UploadKeys;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks through the bucket and deletes what is kept no longer. The store is asked for nothing but
 * listing and deleting, so it works with any. One thread.
 */
final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final List<String> PREFIXES = List.of(UploadKeys.ROOT, ResultKeys.ROOT);

    private final ReadView view;
    private final ObjectStore store;
    private final TopicRetention retention;
    private final KeepingRules rules;
    private final SchedulerMetrics metrics;
    private final InstantSource clock;

    /**
     * @param retention of the topic that the view is read from
     */
    Sweeper(
            ReadView view,
            ObjectStore store,
            TopicRetention retention,
            KeepingRules rules,
            SchedulerMetrics metrics,
            InstantSource clock) {
        this.view = view;
        this.store = store;
        this.retention = retention;
        this.rules = rules;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * One look through the bucket. To be called while the view is up to date.
     *
     * @throws io.flexir.scheduler.storage.StorageException when the store does not answer
     * @throws org.apache.kafka.common.KafkaException when the broker does not
     */
    void sweep() {
        Instant now = clock.instant();
        Instant told = retention.keptSince(Topics.JOBS, now);
        Instant held = view.heldSince();
        KnownJobs jobs =
                new KnownJobs(store.bucket(), view.jobs(), told.isAfter(held) ? told : held);
        Map<Expiry, DeleteBatch> batches = new EnumMap<>(Expiry.class);
        for (Expiry why : Expiry.values()) {
            batches.put(why, new DeleteBatch(store, metrics, why.name().toLowerCase(Locale.ROOT)));
        }
        for (String prefix : PREFIXES) {
            store.list(
                    prefix,
                    object ->
                            Expiry.of(object, jobs, rules, now)
                                    .map(batches::get)
                                    .ifPresent(batch -> batch.add(object.key())));
        }
        batches.forEach(
                (why, batch) -> {
                    int deleted = batch.flush();
                    if (deleted > 0) {
                        LOG.info("event=objects_expired reason={} objects={}", why, deleted);
                    }
                });
    }
}
