package io.flexir.scheduler.metrics;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Rejection;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

import java.time.Duration;
import java.util.List;

/** What happens to jobs. */
final class JobMetrics {
    private final Counter admitted;
    private final Counter orders;
    private final Counter reorders;
    private final Counter retriesRefused;
    private final Counter outcomes;
    private final Counter late;
    private final Counter degraded;
    private final Counter duplicates;
    private final Counter deadLetters;
    private final Counter purged;
    private final Counter expired;
    private final Counter hangingTransactions;
    private final Counter granted;
    private final Gauge backlogJobs;
    private final Gauge backlogSeconds;
    private final Gauge credit;
    private final Gauge outstanding;
    private final Histogram dispatchLatency;
    private final Histogram turnaround;
    private final Histogram slack;
    private final Counter deadlines;
    private final Counter used;
    private final Gauge shareLag;

    JobMetrics(Collectors collectors) {
        this.admitted =
                collectors.counter("flexir_jobs_admitted_total", "Jobs that the ledger took in.");
        this.orders = collectors.counter("flexir_orders_total", "Work orders sent.", "pool");
        this.reorders =
                collectors.counter(
                        "flexir_orders_repeated_total",
                        "Work orders sent again because no worker was heard of the first.",
                        "pool");
        this.outcomes =
                collectors.counter(
                        "flexir_outcomes_total",
                        "Jobs ended, by kind and reason.",
                        "outcome",
                        "reason");
        this.retriesRefused =
                collectors.counter(
                        "flexir_retries_refused_total",
                        "Jobs that failed without another order because the budget for retries was spent.");
        this.late =
                collectors.counter(
                        "flexir_outcomes_late_total",
                        "Restored jobs that ended after their deadline.");
        this.degraded =
                collectors.counter(
                        "flexir_outcomes_degraded_total",
                        "Restored jobs that went less deep than asked for.");
        this.duplicates =
                collectors.counter(
                        "flexir_duplicates_dropped_total",
                        "Second requests and reports for one job.",
                        "message");
        this.deadLetters =
                collectors.counter(
                        "flexir_dead_letters_total", "Records that were set aside.", "topic");
        this.purged =
                collectors.counter(
                        "flexir_jobs_purged_total", "Jobs deleted because that was asked for.");
        this.expired =
                collectors.counter(
                        "flexir_objects_deleted_total",
                        "Objects deleted from the bucket, by why.",
                        "reason");
        this.hangingTransactions =
                collectors.counter(
                        "flexir_hanging_transactions_aborted_total",
                        "Transactions of schedulers that the broker would never have ended.",
                        "topic");
        this.granted =
                collectors.counter(
                        "flexir_pointers_granted_total",
                        "Work orders by the pointer they aim for.",
                        "pointer");
        this.backlogJobs = collectors.gauge("flexir_backlog_jobs", "Queued jobs of this instance.");
        this.backlogSeconds =
                collectors.gauge(
                        "flexir_backlog_worker_seconds",
                        "Predicted worker-seconds of the queued jobs, run at floor or target.",
                        "depth");
        this.credit =
                collectors.gauge(
                        "flexir_credit_orders",
                        "Orders that this instance may still send.",
                        "pool");
        this.outstanding =
                collectors.gauge(
                        "flexir_outstanding_orders",
                        "Orders sent and not yet settled by this instance.",
                        "pool");
        this.dispatchLatency =
                collectors.histogram(
                        "flexir_dispatch_latency_seconds",
                        "From a job's submission to its first work order.");
        this.turnaround =
                collectors.histogram(
                        "flexir_job_seconds", "From a job's submission to its outcome.");
        this.slack =
                collectors.histogram(
                        "flexir_deadline_slack_seconds",
                        "What was left until the deadline when an order went out; 0 when nothing was.");
        this.deadlines =
                collectors.counter(
                        "flexir_deadlines_total",
                        "Jobs with a deadline that were restored or failed, by whether it was kept.",
                        "kept");
        this.used =
                collectors.counter(
                        "flexir_pointers_used_total",
                        "Restored jobs by where their regions ended, the mean by area, rounded.",
                        "pointer");
        this.shareLag =
                collectors.gauge(
                        "flexir_share_group_lag_records",
                        "Records of a pool's work topic that no worker has finished with.",
                        "pool");
        beginAtZero();
    }

    /** So that a rate is told from the beginning, and what never happened is 0 and not unknown. */
    private void beginAtZero() {
        outcomes.labels("restored", "none");
        outcomes.labels("cancelled", "none");
        for (Rejection.Reason reason : Rejection.Reason.values()) {
            outcomes.labels("rejected", Collectors.label(reason));
        }
        for (Failure.Reason reason : Failure.Reason.values()) {
            outcomes.labels("failed", Collectors.label(reason));
        }
        for (String kept : List.of("true", "false")) {
            deadlines.labels(kept);
        }
        for (String message : List.of("request", "report")) {
            duplicates.labels(message);
        }
        for (String topic : List.of(Topics.REQUESTS, Topics.REPORTS)) {
            countsDeadLettersOf(topic);
        }
    }

    void jobAdmitted() {
        admitted.inc();
    }

    void orderSent(String pool, PointerBudget budget, int attempt) {
        orders.labels(pool).inc();
        granted.labels(Integer.toString(budget.target())).inc();
        reorders.labels(pool).inc(attempt > 1 ? 1 : 0);
    }

    void dispatchedAfter(Duration sinceSubmission) {
        dispatchLatency.observe(Collectors.seconds(sinceSubmission));
    }

    void jobEnded(Outcome outcome, Duration sinceSubmission) {
        switch (outcome) {
            case Outcome.Restored restored -> {
                outcomes.labels("restored", "none").inc();
                late.inc(restored.late() ? 1 : 0);
                degraded.inc(restored.degraded() ? 1 : 0);
                long pointer = Math.round(restored.receipt().meanPointer());
                used.labels(Long.toString(pointer)).inc();
            }
            case Outcome.Rejected rejected ->
                    outcomes.labels("rejected", Collectors.label(rejected.rejection().reason()))
                            .inc();
            case Outcome.Failed failed ->
                    outcomes.labels("failed", Collectors.label(failed.failure().reason())).inc();
            case Outcome.Cancelled ignored -> outcomes.labels("cancelled", "none").inc();
        }
        turnaround.observe(Collectors.seconds(sinceSubmission));
    }

    void slackAtDispatch(Duration untilDeadline) {
        slack.observe(Collectors.seconds(untilDeadline));
    }

    void deadlineEnded(boolean kept) {
        deadlines.labels(Boolean.toString(kept)).inc();
    }

    void shareLag(String pool, long records) {
        shareLag.labels(pool).set((double) records);
    }

    void duplicateRequestDropped() {
        duplicates.labels("request").inc();
    }

    void retryRefused() {
        retriesRefused.inc();
    }

    void duplicateReportDropped() {
        duplicates.labels("report").inc();
    }

    void jobPurged() {
        purged.inc();
    }

    void objectsDeleted(String reason, int count) {
        expired.labels(reason).inc(count);
    }

    void countsDeadLettersOf(String topic) {
        deadLetters.labels(topic);
    }

    void deadLettered(String topic) {
        deadLetters.labels(topic).inc();
    }

    void hangingTransactionAborted(String topic) {
        hangingTransactions.labels(topic).inc();
    }

    void backlog(int jobs, double workerSecondsAtFloor, double workerSecondsAtTarget) {
        backlogJobs.set(jobs);
        backlogSeconds.labels("floor").set(workerSecondsAtFloor);
        backlogSeconds.labels("target").set(workerSecondsAtTarget);
    }

    void credit(String pool, int free, int out) {
        credit.labels(pool).set(free);
        outstanding.labels(pool).set(out);
    }
}
