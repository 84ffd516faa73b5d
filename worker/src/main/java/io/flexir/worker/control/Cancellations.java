package io.flexir.worker.control;

import io.flexir.contracts.control.ControlRecord.CancelJob;
import io.flexir.contracts.control.ControlRecord.PurgeJob;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which jobs were taken back. Bounded: beyond the bound the oldest cancellation is forgotten, and
 * that job, if it still comes, is done although nobody wants it. Thread-safe.
 */
public final class Cancellations {
    /** A cancellation is of use only while its job's order is under way, and orders are few. */
    private static final int MAX_JOBS = 100_000;

    private final Map<JobId, TenantId> cancelled;
    private final Map<JobId, TenantId> purged;

    public Cancellations() {
        this(MAX_JOBS);
    }

    Cancellations(int maxJobs) {
        this.cancelled = bounded(maxJobs);
        this.purged = bounded(maxJobs);
    }

    private static Map<JobId, TenantId> bounded(int maxJobs) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<JobId, TenantId> eldest) {
                return size() > maxJobs;
            }
        };
    }

    public synchronized void add(CancelJob cancel) {
        cancelled.put(cancel.jobId(), cancel.tenant());
    }

    /** A job that is purged is taken back first. */
    public synchronized void add(PurgeJob purge) {
        purged.put(purge.jobId(), purge.tenant());
    }

    /** The control topic has dropped the purge. */
    synchronized void forgetPurge(JobId jobId) {
        purged.remove(jobId);
    }

    /** The control topic has dropped the cancellation. */
    synchronized void forget(JobId jobId) {
        cancelled.remove(jobId);
    }

    /** Whether the job was taken back by the tenant it belongs to. */
    public synchronized boolean covers(RestorationRequest request) {
        return request.tenant().equals(cancelled.get(request.jobId()))
                || request.tenant().equals(purged.get(request.jobId()));
    }
}
