package io.flexir.scheduler.jobs;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.dispatch.TenantState;
import io.flexir.scheduler.load.FleetWatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what tests ask for. */
public final class CountedEvents implements JobEvents {
    int duplicateRequests;
    int droppedReports;
    int retriesRefused;
    int purged;
    public int deadLetters;
    int waiting;
    int quotaRefusals;
    final Map<TenantId, Double> debts = new HashMap<>();
    final List<FleetWatch.Kind> workers = new ArrayList<>();
    final List<BudgetPolicy> policies = new ArrayList<>();
    final List<Duration> slacks = new ArrayList<>();
    final List<Boolean> deadlines = new ArrayList<>();
    final List<String> levels = new ArrayList<>();

    @Override
    public void jobAdmitted() {}

    @Override
    public void orderSent(String pool, PointerBudget budget, int attempt) {}

    @Override
    public void dispatchedAfter(Duration sinceSubmission) {}

    @Override
    public void jobEnded(Outcome outcome, Duration sinceSubmission) {}

    @Override
    public void slackAtDispatch(Duration untilDeadline) {
        slacks.add(untilDeadline);
    }

    @Override
    public void deadlineEnded(boolean kept) {
        deadlines.add(kept);
    }

    @Override
    public void duplicateRequestDropped() {
        duplicateRequests++;
    }

    @Override
    public void duplicateReportDropped() {
        droppedReports++;
    }

    @Override
    public void retryRefused() {
        retriesRefused++;
    }

    @Override
    public void jobPurged() {
        purged++;
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

    @Override
    public void policyChanged(BudgetPolicy policy, Cause cause) {
        policies.add(policy);
    }

    @Override
    public void level(int level) {}

    @Override
    public void levelMoved(int from, int to) {
        levels.add(from + "->" + to);
    }

    @Override
    public void price(double dbPerWorkerSecond) {}

    @Override
    public void workerChanged(FleetWatch.Kind kind) {
        workers.add(kind);
    }

    @Override
    public void tenant(TenantState state) {}

    @Override
    public void qualityGivenAway(TenantId tenant, double decibels, double gigaMacs) {
        debts.merge(tenant, gigaMacs, Double::sum);
    }

    @Override
    public void quotaRefused(TenantId tenant) {
        quotaRefusals++;
    }
}
