package io.flexir.scheduler.metrics;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.dispatch.TenantState;
import io.flexir.scheduler.jobs.JobEvents;
import io.flexir.scheduler.load.FleetWatch;
import io.flexir.scheduler.scale.ScalingReport;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Every metric of the scheduler, each under a stable name. Label values come from closed sets
 * (states, reasons, pools, operations, pointers, configured tenants): never from a client.
 * Thread-safe; one for each scheduler of a process.
 */
public final class SchedulerMetrics implements JobEvents {
    private static final double[] SECONDS = {
        .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300
    };

    private static final List<String> POLICY_KINDS = List.of("fixed", "load", "slack", "gain");

    private final CollectorRegistry registry = new CollectorRegistry(true);

    private final Counter admitted =
            counter("flexir_jobs_admitted_total", "Jobs that the ledger took in.");
    private final Counter orders = counter("flexir_orders_total", "Work orders sent.", "pool");
    private final Counter reorders =
            counter(
                    "flexir_orders_repeated_total",
                    "Work orders sent again because no worker was heard of the first.",
                    "pool");
    private final Counter outcomes =
            counter(
                    "flexir_outcomes_total",
                    "Jobs ended, by kind and reason.",
                    "outcome",
                    "reason");
    private final Counter late =
            counter("flexir_outcomes_late_total", "Restored jobs that ended after their deadline.");
    private final Counter degraded =
            counter(
                    "flexir_outcomes_degraded_total",
                    "Restored jobs that went less deep than asked for.");
    private final Counter duplicates =
            counter(
                    "flexir_duplicates_dropped_total",
                    "Second requests and reports for one job.",
                    "message");
    private final Counter deadLetters =
            counter("flexir_dead_letters_total", "Records that could not be read.", "topic");
    private final Counter purged =
            counter("flexir_jobs_purged_total", "Jobs deleted because that was asked for.");
    private final Counter expired =
            counter(
                    "flexir_objects_deleted_total",
                    "Objects deleted from the bucket, by why.",
                    "reason");
    private final Counter granted =
            counter(
                    "flexir_pointers_granted_total",
                    "Work orders by the pointer they aim for.",
                    "pointer");
    private final Gauge backlogJobs = gauge("flexir_backlog_jobs", "Queued jobs of this instance.");
    private final Gauge backlogSeconds =
            gauge(
                    "flexir_backlog_worker_seconds",
                    "Predicted worker-seconds of the queued jobs, run at floor or target.",
                    "depth");
    private final Gauge credit =
            gauge("flexir_credit_orders", "Orders that this instance may still send.", "pool");
    private final Gauge outstanding =
            gauge(
                    "flexir_outstanding_orders",
                    "Orders sent and not yet settled by this instance.",
                    "pool");
    private final Gauge desiredWorkers =
            gauge(
                    "flexir_desired_workers",
                    "Workers that a pool should have: the same number from every scheduler.",
                    "pool");
    private final Gauge readyWorkers =
            gauge("flexir_ready_workers", "Workers of a pool that take orders.", "pool");
    private final Gauge fleetSeconds =
            gauge(
                    "flexir_fleet_worker_seconds",
                    "Predicted worker-seconds of the whole fleet's jobs that have not ended, at floor or full depth.",
                    "depth");
    private final Gauge policy =
            gauge("flexir_policy", "1 for the kind of budget policy in force, else 0.", "kind");
    private final Gauge policyParameter =
            gauge(
                    "flexir_policy_parameter",
                    "Its parameter: the pointer of fixed, the target seconds of load, else 0.");
    private final Counter policyChanges =
            counter("flexir_policy_changes_total", "Changes of the policy, by cause.", "cause");
    private final Gauge level =
            gauge(
                    "flexir_policy_level",
                    "Pointer of the deepest model that automatic jobs may reach.");
    private final Counter levelMoves =
            counter("flexir_policy_level_moves_total", "Steps of that level.", "direction");
    private final Gauge price =
            gauge(
                    "flexir_price_db_per_worker_second",
                    "What a worker-second is worth to those who wait and are to come; 0 where there is enough.");
    private final Counter workerChanges =
            counter(
                    "flexir_worker_changes_total",
                    "Workers that joined the fleet or left it, by how that showed.",
                    "change");
    private final Gauge tenantJobs =
            gauge("flexir_tenant_waiting_jobs", "Queued jobs of a configured tenant.", "tenant");
    private final Gauge tenantSeconds =
            gauge(
                    "flexir_tenant_waiting_worker_seconds",
                    "Predicted worker-seconds of a configured tenant's queued jobs, at their floors.",
                    "tenant");
    private final Gauge tenantSlots =
            gauge(
                    "flexir_tenant_slots",
                    "Slots that a configured tenant could have at once: its share and what others leave.",
                    "tenant");
    private final Counter debtDecibels =
            counter(
                    "flexir_tenant_quality_debt_db_total",
                    "PSNR that restored jobs were given less than in an idle fleet, summed, in dB.",
                    "tenant");
    private final Counter debtGigaMacs =
            counter(
                    "flexir_tenant_quality_debt_gigamacs_total",
                    "Multiply-adds that they were given less, in 10^9.",
                    "tenant");
    private final Counter quotaRefusals =
            counter(
                    "flexir_quota_refusals_total",
                    "Jobs refused because their tenant had too much waiting.",
                    "tenant");
    private final Histogram dispatchLatency =
            histogram(
                    "flexir_dispatch_latency_seconds",
                    "From a job's submission to its first work order.");
    private final Histogram turnaround =
            histogram("flexir_job_seconds", "From a job's submission to its outcome.");

    private final Counter requests =
            counter("flexir_http_requests_total", "Answered HTTP requests.", "operation", "status");
    private final Histogram requestSeconds =
            histogram(
                    "flexir_http_request_seconds",
                    "Time to answer, streams of events left out.",
                    "operation");
    private final Counter refused =
            counter(
                    "flexir_http_refused_total",
                    "Requests refused because something was full.",
                    "what");
    private final Gauge streams = gauge("flexir_event_streams", "Open streams of events.");
    private final Gauge viewWaiting =
            gauge("flexir_view_waiting_jobs", "Jobs of the whole fleet that have not ended.");
    private final Gauge viewFinished =
            gauge("flexir_view_finished_jobs", "Ended jobs that the read view still holds.");
    private final Counter viewEvicted =
            counter("flexir_view_evicted_total", "Ended jobs dropped from the read view.");
    private final Gauge viewLag =
            gauge("flexir_view_lag_records", "Records that the read view has yet to read.");

    public SchedulerMetrics() {
        DefaultExports.register(registry);
    }

    @Override
    public void jobAdmitted() {
        admitted.inc();
    }

    @Override
    public void orderSent(String pool, PointerBudget budget, int attempt) {
        orders.labels(pool).inc();
        granted.labels(Integer.toString(budget.target())).inc();
        if (attempt > 1) {
            reorders.labels(pool).inc();
        }
    }

    @Override
    public void dispatchedAfter(Duration sinceSubmission) {
        dispatchLatency.observe(seconds(sinceSubmission));
    }

    @Override
    public void jobEnded(Outcome outcome, Duration sinceSubmission) {
        switch (outcome) {
            case Outcome.Restored restored -> {
                outcomes.labels("restored", "none").inc();
                late.inc(restored.late() ? 1 : 0);
                degraded.inc(restored.degraded() ? 1 : 0);
            }
            case Outcome.Rejected rejected ->
                    outcomes.labels("rejected", label(rejected.rejection().reason())).inc();
            case Outcome.Failed failed ->
                    outcomes.labels("failed", label(failed.failure().reason())).inc();
            case Outcome.Cancelled ignored -> outcomes.labels("cancelled", "none").inc();
        }
        turnaround.observe(seconds(sinceSubmission));
    }

    @Override
    public void duplicateRequestDropped() {
        duplicates.labels("request").inc();
    }

    @Override
    public void duplicateReportDropped() {
        duplicates.labels("report").inc();
    }

    @Override
    public void jobPurged() {
        purged.inc();
    }

    /**
     * Objects were deleted.
     *
     * @param reason purge, orphan, input or result
     */
    public void objectsDeleted(String reason, int count) {
        expired.labels(reason).inc(count);
    }

    @Override
    public void deadLettered(String topic) {
        deadLetters.labels(topic).inc();
    }

    @Override
    public void backlog(int jobs, double workerSecondsAtFloor, double workerSecondsAtTarget) {
        backlogJobs.set(jobs);
        backlogSeconds.labels("floor").set(workerSecondsAtFloor);
        backlogSeconds.labels("target").set(workerSecondsAtTarget);
    }

    @Override
    public void credit(String pool, int free, int out) {
        credit.labels(pool).set(free);
        outstanding.labels(pool).set(out);
    }

    @Override
    public void policyChanged(BudgetPolicy changed, Cause cause) {
        String kind = kindOf(changed);
        POLICY_KINDS.forEach(each -> policy.labels(each).set(each.equals(kind) ? 1 : 0));
        policyParameter.set(
                switch (changed) {
                    case BudgetPolicy.Fixed fixed -> fixed.pointer();
                    case BudgetPolicy.Load load -> load.targetBacklogSeconds();
                    case BudgetPolicy.Slack ignored -> 0;
                    case BudgetPolicy.Gain ignored -> 0;
                });
        policyChanges.labels(label(cause)).inc();
    }

    @Override
    public void level(int now) {
        level.set(now);
    }

    @Override
    public void levelMoved(int from, int to) {
        levelMoves.labels(to < from ? "down" : "up").inc();
    }

    @Override
    public void price(double dbPerWorkerSecond) {
        price.set(dbPerWorkerSecond);
    }

    @Override
    public void workerChanged(FleetWatch.Kind kind) {
        workerChanges.labels(label(kind)).inc();
    }

    @Override
    public void tenant(TenantState state) {
        String name = state.tenant().value();
        tenantJobs.labels(name).set(state.waitingJobs());
        tenantSeconds.labels(name).set(state.waitingSeconds());
        tenantSlots.labels(name).set(state.slots());
    }

    @Override
    public void qualityGivenAway(TenantId tenant, double decibels, double gigaMacs) {
        debtDecibels.labels(tenant.value()).inc(decibels);
        debtGigaMacs.labels(tenant.value()).inc(gigaMacs);
    }

    @Override
    public void quotaRefused(TenantId tenant) {
        quotaRefusals.labels(tenant.value()).inc();
    }

    /** How many workers there should be. */
    public void scaling(ScalingReport report) {
        report.pools()
                .forEach(
                        (name, pool) -> {
                            desiredWorkers.labels(name).set(pool.desiredWorkers());
                            readyWorkers.labels(name).set(pool.readyWorkers());
                        });
        fleetSeconds.labels("floor").set(report.work().secondsAtFloor());
        fleetSeconds.labels("full").set(report.work().secondsAtFullDepth());
    }

    /**
     * An HTTP request was answered.
     *
     * @param operation its {@code operationId}, or {@code none} where no operation matched
     */
    public void requestAnswered(String operation, int status, Duration took) {
        requests.labels(operation, Integer.toString(status)).inc();
        requestSeconds.labels(operation).observe(seconds(took));
    }

    /** The same, for one whose length says nothing. */
    public void requestAnswered(String operation, int status) {
        requests.labels(operation, Integer.toString(status)).inc();
    }

    /** A stream of events was opened. */
    public void streamOpened() {
        streams.inc();
    }

    /** A stream of events ended. */
    public void streamClosed() {
        streams.dec();
    }

    /** Something was full. */
    public void refused(Bound what) {
        refused.labels(label(what)).inc();
    }

    /** What the read view holds. */
    public void viewHolds(int waiting, int finished) {
        viewWaiting.set(waiting);
        viewFinished.set(finished);
    }

    /** The read view dropped ended jobs to stay within its bound. */
    public void viewEvicted(int jobs) {
        viewEvicted.inc(jobs);
    }

    /** How far the read view is behind its topics. */
    public void viewLag(long records) {
        viewLag.set((double) records);
    }

    /** Everything in Prometheus' text format 0.0.4. */
    public String scrape() {
        StringWriter text = new StringWriter();
        try {
            TextFormat.write004(text, registry.metricFamilySamples());
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory failed", impossible);
        }
        return text.toString();
    }

    /** Bounds whose refusals are counted. */
    public enum Bound {
        /** Jobs that wait in the whole fleet. */
        BACKLOG,
        /** Calls that block, such as those to the object store. */
        CALLS,
        /** Bytes of request bodies in memory. */
        BODIES,
        /** Requests of one tenant in a second. */
        RATE,
        /** Streams of events and clients that wait for a job to appear. */
        STREAMS
    }

    private static String kindOf(BudgetPolicy policy) {
        return switch (policy) {
            case BudgetPolicy.Fixed ignored -> "fixed";
            case BudgetPolicy.Load ignored -> "load";
            case BudgetPolicy.Slack ignored -> "slack";
            case BudgetPolicy.Gain ignored -> "gain";
        };
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toNanos() / 1e9);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.build(name, help).labelNames(labels).register(registry);
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.build(name, help).labelNames(labels).register(registry);
    }

    private Histogram histogram(String name, String help, String... labels) {
        return Histogram.build(name, help).labelNames(labels).buckets(SECONDS).register(registry);
    }
}
