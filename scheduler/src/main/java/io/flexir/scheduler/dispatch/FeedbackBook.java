package io.flexir.scheduler.dispatch;

import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.request.JobId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What clients think of their results, as the control topic has it: at most one word for each job
 * that is remembered. Fed by one thread, read by many.
 */
public final class FeedbackBook {
    private final Map<JobId, RateJob> byJob = new ConcurrentHashMap<>();

    public void put(RateJob feedback) {
        byJob.put(feedback.jobId(), feedback);
    }

    public void remove(JobId id) {
        byJob.remove(id);
    }

    /** Jobs whose latest word came before an instant. */
    public List<JobId> olderThan(Instant instant) {
        return byJob.values().stream()
                .filter(feedback -> feedback.at().isBefore(instant))
                .map(RateJob::jobId)
                .toList();
    }

    public Optional<RateJob> find(JobId id) {
        return Optional.ofNullable(byJob.get(id));
    }
}
