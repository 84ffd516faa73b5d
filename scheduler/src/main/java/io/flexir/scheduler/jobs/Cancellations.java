package io.flexir.scheduler.jobs;

import io.flexir.contracts.control.ControlRecord.CancelJob;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that clients took back, as the control topic has them. Fed by one thread, read by many;
 * each reader follows the news by the number of the last one that it has seen.
 */
final class Cancellations {
    private final Map<JobId, CancelJob> byJob = new ConcurrentHashMap<>();
    private final JobNews news = new JobNews();

    /** A job was taken back. */
    void add(CancelJob cancel) {
        byJob.put(cancel.jobId(), cancel);
        news.add(cancel.jobId());
    }

    /** The record was deleted: the job is forgotten, or the cancellation too old to matter. */
    void remove(JobId id) {
        byJob.remove(id);
        news.remove(id);
    }

    /** Whether this job was taken back by the tenant that it belongs to. */
    boolean holds(RestorationRequest request) {
        CancelJob cancel = byJob.get(request.jobId());
        return cancel != null && cancel.tenant().equals(request.tenant());
    }

    boolean names(JobId id) {
        return byJob.containsKey(id);
    }

    /** What was taken back since a number: the number of each and its job, oldest first. */
    Map<Long, JobId> since(long number) {
        return news.since(number);
    }

    /** Cancellations from before an instant. */
    List<JobId> olderThan(Instant instant) {
        return byJob.values().stream()
                .filter(cancel -> cancel.at().isBefore(instant))
                .map(CancelJob::jobId)
                .toList();
    }
}
