package io.flexir.scheduler.api.keeping;

import io.flexir.contracts.control.ControlRecord.PurgeJob;
import io.flexir.contracts.control.ControlRecord.PurgeTenant;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.jobs.Purges;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.ResultKeys;
import io.flexir.scheduler.storage.UploadKeys;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deletes the objects of what was purged, once the ledger has let it go. The control topic is the
 * list of what is to be done: a wish stays there until it is fulfilled and was remembered for a
 * while, so that what comes late (an order that was under way, a request that was read late) goes
 * too. Every scheduler does this; that another does it as well does no harm. One thread.
 */
final class Purger {
    private static final Logger LOG = LoggerFactory.getLogger(Purger.class);
    private static final String REASON = "purge";

    private final Purges purges;
    private final ReadView view;
    private final ObjectStore store;
    private final BrokerWriter broker;
    private final SchedulerMetrics metrics;
    private final Duration memory;
    private final InstantSource clock;
    private final Set<PurgeJob> jobsDone = ConcurrentHashMap.newKeySet();
    private final Set<PurgeTenant> tenantsDone = ConcurrentHashMap.newKeySet();

    /**
     * @param memory how long a wish is remembered
     */
    Purger(
            Purges purges,
            ReadView view,
            ObjectStore store,
            BrokerWriter broker,
            SchedulerMetrics metrics,
            Duration memory,
            InstantSource clock) {
        this.purges = purges;
        this.view = view;
        this.store = store;
        this.broker = broker;
        this.metrics = metrics;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * Does what can be done now. To be called while the view is up to date.
     *
     * @throws io.flexir.scheduler.storage.StorageException when the store does not answer
     * @throws io.flexir.scheduler.api.problem.RefusedException when the broker does not
     */
    void step() {
        List<PurgeTenant> tenants = purges.tenants();
        tenants.forEach(this::see);
        tenantsDone.retainAll(Set.copyOf(tenants));
        List<PurgeJob> jobs = purges.jobs();
        jobs.forEach(this::see);
        jobsDone.retainAll(Set.copyOf(jobs));
    }

    /** Jobs of a tenant that are to be gone and are still there. */
    long left(PurgeTenant purge) {
        return view.jobs().filter(job -> isMeant(purge, job)).count();
    }

    /** Whether nothing is left of what a tenant had. */
    boolean done(PurgeTenant purge) {
        return tenantsDone.contains(purge);
    }

    private void see(PurgeJob purge) {
        if (view.find(purge.tenant(), purge.jobId()).isPresent()) {
            // Not let go yet, or taken in once more since.
            jobsDone.remove(purge);
            return;
        }
        if (jobsDone.add(purge)) {
            deleteObjects(purge);
        }
        if (isOld(purge.at())) {
            // A worker that was taken for lost may have stored something since.
            deleteObjects(purge);
            broker.delete(purge.key());
        }
    }

    private void deleteObjects(PurgeJob purge) {
        try {
            DeleteBatch batch = new DeleteBatch(store, metrics, REASON);
            store.list(
                    ResultKeys.prefix(purge.tenant(), purge.jobId()),
                    object -> batch.add(object.key()));
            ObjectReference input = purge.input();
            if (input != null && !isUsedByAnother(purge, input)) {
                batch.add(input.key());
            }
            LOG.info("event=job_objects_deleted job={} objects={}", purge.jobId(), batch.flush());
        } catch (RuntimeException undone) {
            jobsDone.remove(purge);
            throw undone;
        }
    }

    private boolean isUsedByAnother(PurgeJob purge, ObjectReference input) {
        return view.jobs()
                .map(JobView::request)
                .anyMatch(
                        other ->
                                !other.jobId().equals(purge.jobId())
                                        && other.input().bucket().equals(input.bucket())
                                        && other.input().key().equals(input.key()));
    }

    private void see(PurgeTenant purge) {
        List<JobView> left = view.jobs().filter(job -> isMeant(purge, job)).toList();
        if (!left.isEmpty()) {
            tenantsDone.remove(purge);
            left.forEach(this::purge);
            return;
        }
        if (!tenantsDone.contains(purge)) {
            deleteObjects(purge);
            tenantsDone.add(purge);
        }
        if (isOld(purge.at())) {
            broker.delete(purge.key());
        }
    }

    private void purge(JobView job) {
        JobId id = job.request().jobId();
        if (!purges.names(id)) {
            new JobPurge(broker, store.bucket(), clock).purge(new JobSnapshot(job, true, null));
        }
    }

    private static boolean isMeant(PurgeTenant purge, JobView job) {
        TenantId tenant = job.request().tenant();
        return tenant.equals(purge.tenant()) && !job.request().submittedAt().isAfter(purge.at());
    }

    /** What the tenant stored after it was asked for is not meant. */
    private void deleteObjects(PurgeTenant purge) {
        DeleteBatch batch = new DeleteBatch(store, metrics, REASON);
        for (String prefix :
                List.of(UploadKeys.prefix(purge.tenant()), ResultKeys.prefix(purge.tenant()))) {
            store.list(
                    prefix,
                    object -> {
                        if (!object.storedAt().isAfter(purge.at())) {
                            batch.add(object.key());
                        }
                    });
        }
        LOG.info(
                "event=tenant_objects_deleted tenant={} objects={}", purge.tenant(), batch.flush());
    }

    private boolean isOld(Instant at) {
        return at.plus(memory).isBefore(clock.instant());
    }
}
