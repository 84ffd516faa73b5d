package io.flexir.scheduler.jobs;

import io.flexir.contracts.control.ControlRecord.CancelJob;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The jobs that clients took back, as the control topic has them. Fed by one thread, read by many;
 * each reader follows the news by the number of the last one that it has seen.
 */
final class Cancellations {
    private final Map<JobId, CancelJob> byJob = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Long, JobId> news = new ConcurrentSkipListMap<>();
    private final Map<JobId, Long> numbers = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** A job was taken back. */
    void add(CancelJob cancel) {
        byJob.put(cancel.jobId(), cancel);
        if (!numbers.containsKey(cancel.jobId())) {
            long number = last.incrementAndGet();
            numbers.put(cancel.jobId(), number);
            news.put(number, cancel.jobId());
        }
    }

    /** The record was deleted: the job is forgotten, or the cancellation too old to matter. */
    void remove(JobId id) {
        byJob.remove(id);
        Long number = numbers.remove(id);
        if (number != null) {
            news.remove(number);
        }
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
        return news.tailMap(number, false);
    }

    /** Cancellations from before an instant. */
    List<JobId> olderThan(Instant instant) {
        return byJob.values().stream()
                .filter(cancel -> cancel.at().isBefore(instant))
                .map(CancelJob::jobId)
                .toList();
    }
}
