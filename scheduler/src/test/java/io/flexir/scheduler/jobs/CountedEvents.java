package io.flexir.scheduler.jobs;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.work.PointerBudget;

import java.time.Duration;

/** Counts what tests ask for. */
public final class CountedEvents implements JobEvents {
    int duplicateRequests;
    int droppedReports;
    int deadLetters;
    int waiting;

    @Override
    public void jobAdmitted() {}

    @Override
    public void orderSent(String pool, PointerBudget budget, int attempt) {}

    @Override
    public void dispatchedAfter(Duration sinceSubmission) {}

    @Override
    public void jobEnded(Outcome outcome, Duration sinceSubmission) {}

    @Override
    public void duplicateRequestDropped() {
        duplicateRequests++;
    }

    @Override
    public void duplicateReportDropped() {
        droppedReports++;
    }

    @Override
    public void deadLettered(String topic) {
        deadLetters++;
    }

    @Override
    public void backlog(int jobs, double workerSecondsAtFloor, double workerSecondsAtTarget) {
        waiting = jobs;
    }

    @Override
    public void credit(String pool, int free, int out) {}
}
