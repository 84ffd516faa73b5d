package io.flexir.scheduler.jobs;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Failure.Reason;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;

import java.time.Instant;

/**
 * What a report means for a job that is still open. Pure.
 *
 * <p>Attempts race: the watchdog may have sent a second order while the first one's worker was only
 * slow. What is true of the job whichever attempt says it (it is restored, its image is bad, it was
 * cancelled, it kills workers, its deadline is gone) ends it. What is true of one attempt alone
 * (the engine, the storage, an error of ours) counts only from the newest, and is tried again.
 */
sealed interface Settlement {
    /** The job ends. */
    record End(Outcome outcome) implements Settlement {}

    /** The job is queued again. */
    record TryAgain(Failure because) implements Settlement {}

    /** The report changes nothing. */
    record Drop(String because) implements Settlement {}

    /**
     * Decides.
     *
     * @param cancelled whether the client took the job back
     */
    static Settlement of(
            WorkerReport report, Job.Open job, boolean cancelled, int maxAttempts, Instant now) {
        return switch (report) {
            case WorkerReport.Restored restored -> new End(restored(restored, job, now));
            case WorkerReport.Rejected rejected ->
                    new End(rejected(job, rejected.rejection(), now));
            case WorkerReport.Cancelled ignored -> new End(cancelled(job, now));
            case WorkerReport.Failed ignored when cancelled -> new End(cancelled(job, now));
            case WorkerReport.Failed failed -> failed(failed, job, maxAttempts, now);
        };
    }

    /** The outcome of a job that was taken back. */
    static Outcome.Cancelled cancelled(Job.Open job, Instant now) {
        return new Outcome.Cancelled(job.request().jobId(), job.request().tenant(), now);
    }

    /** The outcome of a job that cannot succeed. */
    static Outcome.Rejected rejected(Job.Open job, Rejection rejection, Instant now) {
        return new Outcome.Rejected(job.request().jobId(), job.request().tenant(), now, rejection);
    }

    /** The outcome of a job that failed for good. */
    static Outcome.Failed failed(Job.Open job, Failure failure, Instant now) {
        return new Outcome.Failed(job.request().jobId(), job.request().tenant(), now, failure);
    }

    private static Outcome restored(WorkerReport.Restored report, Job.Open job, Instant now) {
        RestorationRequest request = job.request();
        Instant deadline = request.terms().deadline();
        return new Outcome.Restored(
                request.jobId(),
                request.tenant(),
                now,
                report.receipt(),
                job.grantedLess(report.receipt()) || report.receipt().degraded(),
                deadline != null && now.isAfter(deadline));
    }

    private static Settlement failed(
            WorkerReport.Failed report, Job.Open job, int maxAttempts, Instant now) {
        return switch (report.failure().reason()) {
            case DEADLINE, POISON -> new End(failed(job, report.failure(), now));
            case ENGINE, STORAGE, WORKER_LOST, OVERLOADED, INTERNAL -> {
                if (job instanceof Job.Queued || report.attempt() < job.attempt()) {
                    yield new Drop("replaced-attempt");
                }
                yield job.attempt() < maxAttempts
                        ? new TryAgain(report.failure())
                        : new End(failed(job, report.failure(), now));
            }
        };
    }

    /** What the watchdog makes of an order that no worker seems to hold. */
    static Settlement of(
            Watchdog.Lost lost,
            Job.Scheduled job,
            boolean cancelled,
            int maxAttempts,
            Instant now) {
        if (cancelled) {
            return new End(cancelled(job, now));
        }
        Failure failure =
                new Failure(
                        Reason.WORKER_LOST,
                        "No worker was heard of it after " + job.attempt() + " orders");
        boolean toBlame = job.attempt() >= maxAttempts && lost.othersWereTaken();
        return toBlame || job.attempt() >= WorkOrder.MAX_ATTEMPT
                ? new End(failed(job, failure, now))
                : new TryAgain(failure);
    }
}
