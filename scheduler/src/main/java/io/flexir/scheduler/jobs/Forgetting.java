package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the ledger bounded: jobs that ended long ago leave it, and their cancellations with them.
 */
final class Forgetting {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);

    /** A sweep ends after so many, so that it never holds the task up for long. */
    private static final int MAX_A_SWEEP = 5_000;

    /** No request is older: its topic keeps it no longer. */
    private static final Duration CANCELLATION_LIFETIME = Duration.ofDays(7);

    private final Instance instance;
    private final Desk desk;
    private final Outbox outbox;
    private final Remembered remembered;
    private final PurgeDue purges;

    Forgetting(
            Instance instance, Desk desk, Outbox outbox, Remembered remembered, PurgeDue purges) {
        this.instance = instance;
        this.desk = desk;
        this.outbox = outbox;
        this.remembered = remembered;
        this.purges = purges;
    }

    void sweepJobs() {
        Limits limits = instance.rules().limits();
        Instant endedBefore = desk.now().minus(limits.retention());
        int most = Math.max(1, limits.maxRemembered() / instance.partitions());
        Optional<JobId> due = remembered.due(endedBefore, most);
        for (int swept = 0; due.isPresent() && swept < MAX_A_SWEEP; swept++) {
            forget(due.get());
            due = remembered.due(endedBefore, most);
        }
    }

    /** Cancellations of jobs that never came would stay for ever. One task does this for all. */
    void sweepCancellations() {
        Instant now = desk.now();
        instance.cancellations().olderThan(now.minus(CANCELLATION_LIFETIME)).stream()
                .limit(MAX_A_SWEEP)
                .forEach(id -> outbox.forgetCancellation(id, now));
    }

    /**
     * Feedback that came when the ledger had forgotten its job would stay for ever. Nobody can see
     * a job for longer than this.
     */
    void sweepFeedback() {
        Instant now = desk.now();
        instance.feedback().olderThan(now.minus(CANCELLATION_LIFETIME)).stream()
                .limit(MAX_A_SWEEP)
                .forEach(id -> outbox.forgetFeedback(id, now));
    }

    /**
     * Lets jobs go that are to be gone: of each the ledger's entry, the view, the cancellation and
     * the feedback are deleted.
     *
     * @return whether there were any
     */
    boolean purge() {
        Set<JobId> due = purges.take(desk.ledger());
        for (JobId id : due) {
            if (desk.ledger().find(id) instanceof Job.Settled settled) {
                desk.ledger().remove(id, settled);
            }
            desk.hide(id);
            forgetWhatWasSaid(id);
            instance.events().jobPurged();
            LOG.info("event=job_purged job={}", id);
        }
        return !due.isEmpty();
    }

    private void forget(JobId id) {
        if (!(desk.ledger().find(id) instanceof Job.Settled settled)) {
            throw new IllegalStateException("Job " + id + " is remembered, not in the ledger");
        }
        desk.ledger().remove(id, settled);
        forgetWhatWasSaid(id);
    }

    private void forgetWhatWasSaid(JobId id) {
        if (instance.feedback().find(id).isPresent()) {
            outbox.forgetFeedback(id, desk.now());
        }
        if (instance.cancellations().names(id)) {
            outbox.forgetCancellation(id, desk.now());
        }
    }
}
