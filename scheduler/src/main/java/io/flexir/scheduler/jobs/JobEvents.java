package io.flexir.scheduler.jobs;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.dispatch.DecisionEvents;

import java.time.Duration;

/**
 * What happens to jobs and what is decided by, for whoever counts it. Called from the topology's
 * threads: must be quick and must not throw. A transaction that is rolled back and repeated is
 * counted twice.
 */
public interface JobEvents extends DecisionEvents {
    /** A job entered the ledger. */
    void jobAdmitted();

    /** A work order was sent. */
    void orderSent(String pool, PointerBudget budget, int attempt);

    /** A job was sent to a worker for the first time, so long after it was submitted. */
    void dispatchedAfter(Duration sinceSubmission);

    /** A job ended, so long after it was submitted. */
    void jobEnded(Outcome outcome, Duration sinceSubmission);

    /** An order went out, so long before its job's deadline; negative after it. */
    void slackAtDispatch(Duration untilDeadline);

    /** A job with a deadline ended; whether its result came in time. */
    void deadlineEnded(boolean kept);

    /** A request named a job that the ledger already had. */
    void duplicateRequestDropped();

    /** A report named a job that had already ended, or an order that was replaced. */
    void duplicateReportDropped();

    /** A job failed that would have been tried again, had the budget for that not been spent. */
    void retryRefused();

    /** A job was deleted from ledger and view because that was asked for. */
    void jobPurged();

    /** A record of this topic could not be read and was set aside. */
    void deadLettered(String topic);

    /**
     * What waits in this instance.
     *
     * @param workerSecondsAtFloor predicted work when every job ran at its floor
     * @param workerSecondsAtTarget the same at the depth that would be granted now
     */
    void backlog(int jobs, double workerSecondsAtFloor, double workerSecondsAtTarget);

    /** Orders that may still go to a pool, and those that are out. */
    void credit(String pool, int free, int out);
}
