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
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Every metric of the scheduler, each under a stable name. Label values come from closed sets
 * (states, reasons, pools, operations, pointers, configured tenants): never from a client.
 * Thread-safe; one for each scheduler of a process.
 */
public final class SchedulerMetrics implements JobEvents {
    private final CollectorRegistry registry = new CollectorRegistry(true);
    private final Collectors collectors = new Collectors(registry);
    private final JobMetrics jobs = new JobMetrics(collectors);
    private final PolicyMetrics policy = new PolicyMetrics(collectors);
    private final FleetMetrics fleet = new FleetMetrics(collectors);
    private final TenantMetrics tenants = new TenantMetrics(collectors);
    private final ApiMetrics api = new ApiMetrics(collectors);
    private final WebhookMetrics webhooks = new WebhookMetrics(collectors);

    public SchedulerMetrics() {
        DefaultExports.register(registry);
    }

    @Override
    public void jobAdmitted() {
        jobs.jobAdmitted();
    }

    @Override
    public void orderSent(String pool, PointerBudget budget, int attempt) {
        jobs.orderSent(pool, budget, attempt);
    }

    @Override
    public void dispatchedAfter(Duration sinceSubmission) {
        jobs.dispatchedAfter(sinceSubmission);
    }

    @Override
    public void jobEnded(Outcome outcome, Duration sinceSubmission) {
        jobs.jobEnded(outcome, sinceSubmission);
    }

    @Override
    public void slackAtDispatch(Duration untilDeadline) {
        jobs.slackAtDispatch(untilDeadline);
    }

    @Override
    public void deadlineEnded(boolean kept) {
        jobs.deadlineEnded(kept);
    }

    /** Records of a pool's work topic that no worker has finished with. */
    public void shareLag(String pool, long records) {
        jobs.shareLag(pool, records);
    }

    @Override
    public void duplicateRequestDropped() {
        jobs.duplicateRequestDropped();
    }

    @Override
    public void retryRefused() {
        jobs.retryRefused();
    }

    @Override
    public void duplicateReportDropped() {
        jobs.duplicateReportDropped();
    }

    @Override
    public void jobPurged() {
        jobs.jobPurged();
    }

    /**
     * Objects were deleted.
     *
     * @param reason purge, orphan, input or result
     */
    public void objectsDeleted(String reason, int count) {
        jobs.objectsDeleted(reason, count);
    }

    /** A transaction that nobody would have ended was, in this topic. */
    public void hangingTransactionAborted(String topic) {
        jobs.hangingTransactionAborted(topic);
    }

    @Override
    public void deadLettered(String topic) {
        jobs.deadLettered(topic);
    }

    /** Counts from zero what is set aside of a tenant's topic: the first is an increase then. */
    public void countsDeadLettersOf(String topic) {
        jobs.countsDeadLettersOf(topic);
    }

    @Override
    public void backlog(int jobs, double workerSecondsAtFloor, double workerSecondsAtTarget) {
        this.jobs.backlog(jobs, workerSecondsAtFloor, workerSecondsAtTarget);
    }

    @Override
    public void credit(String pool, int free, int out) {
        jobs.credit(pool, free, out);
    }

    @Override
    public void policyChanged(BudgetPolicy changed, Cause cause) {
        policy.policyChanged(changed, cause);
    }

    @Override
    public void level(int now) {
        policy.level(now);
    }

    @Override
    public void levelMoved(int from, int to) {
        policy.levelMoved(from, to);
    }

    @Override
    public void price(double dbPerWorkerSecond) {
        policy.price(dbPerWorkerSecond);
    }

    @Override
    public void workerChanged(FleetWatch.Kind kind) {
        fleet.workerChanged(kind);
    }

    @Override
    public void tenant(TenantState state) {
        tenants.tenant(state);
    }

    @Override
    public void qualityGivenAway(TenantId tenant, double decibels, double gigaMacs) {
        tenants.qualityGivenAway(tenant, decibels, gigaMacs);
    }

    @Override
    public void quotaRefused(TenantId tenant) {
        tenants.quotaRefused(tenant);
    }

    /** How many workers there should be. */
    public void scaling(ScalingReport report) {
        fleet.scaling(report);
    }

    /**
     * An HTTP request was answered.
     *
     * @param operation its {@code operationId}, or {@code none} where no operation matched
     */
    public void requestAnswered(String operation, int status, Duration took) {
        api.requestAnswered(operation, status, took);
    }

    /** The same, for one whose length says nothing. */
    public void requestAnswered(String operation, int status) {
        api.requestAnswered(operation, status);
    }

    /** A stream of events was opened. */
    public void streamOpened() {
        api.streamOpened();
    }

    /** A stream of events ended. */
    public void streamClosed() {
        api.streamClosed();
    }

    /** Something was full. */
    public void refused(Bound what) {
        api.refused(what);
    }

    /** What the read view holds. */
    public void viewHolds(int waiting, int finished) {
        api.viewHolds(waiting, finished);
    }

    /** The read view dropped ended jobs to stay within its bound. */
    public void viewEvicted(int jobs) {
        api.viewEvicted(jobs);
    }

    /** How far the read view is behind its topics. */
    public void viewLag(long records) {
        api.viewLag(records);
    }

    /**
     * A webhook's message was sent, or could not be.
     *
     * @param status of the answer; none where there was none
     */
    public void webhookTried(@Nullable Integer status, double seconds) {
        webhooks.tried(status, seconds);
    }

    /**
     * A webhook's delivery has ended.
     *
     * @param outcome delivered, failed or dropped
     */
    public void webhookEnded(String outcome) {
        webhooks.ended(outcome);
    }

    /** How many deliveries are still to be made. */
    public void webhooksPending(int deliveries) {
        webhooks.pending(deliveries);
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
}
