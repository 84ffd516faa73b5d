package io.flexir.scheduler.dispatch;

import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.request.JobId;

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

    public Optional<RateJob> find(JobId id) {
        return Optional.ofNullable(byJob.get(id));
    }
}
