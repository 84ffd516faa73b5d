package io.flexir.scheduler.api.view;

import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.load.FleetWork;
import io.flexir.scheduler.load.WorkAhead;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Jobs and workers together, as the API shows them, with news for those who wait. Thread-safe. */
public final class ReadView {
    private final JobsView jobs;
    private final FleetView fleet;
    private final JobListeners listeners = new JobListeners();
    private final FleetHistory history = new FleetHistory();
    private final FleetWork work;
    private final InstantSource clock;

    /**
     * @param work told of all that the view is told, but for submissions
     */
    public ReadView(ViewLimits limits, FleetWork work, InstantSource clock) {
        this.work = work;
        this.jobs = new JobsView(limits);
        this.fleet = new FleetView(limits.workerSilence());
        this.clock = clock;
    }

    /** A job of this tenant. Another tenant's job is as unknown as one that never was. */
    public Optional<JobSnapshot> find(TenantId tenant, JobId id) {
        return jobs.find(id)
                .filter(entry -> entry.view().request().tenant().equals(tenant))
                .map(this::snapshot);
    }

    /**
     * One page of a tenant's jobs, newest first.
     *
     * @param after where the page before ended; null for the first page
     */
    public JobPage page(
            TenantId tenant, JobFilter filter, @Nullable PagePosition after, int limit) {
        NavigableSet<PagePosition> order = jobs.orderOf(tenant);
        Iterator<PagePosition> positions =
                (after == null ? order : order.tailSet(after, false)).iterator();
        List<JobSnapshot> page = new ArrayList<>();
        while (positions.hasNext() && page.size() <= limit) {
            find(tenant, positions.next().id()).filter(filter::accepts).ifPresent(page::add);
        }
        if (page.size() <= limit) {
            return new JobPage(page, null);
        }
        List<JobSnapshot> full = page.subList(0, limit);
        return new JobPage(full, PagePosition.of(full.getLast().view().request()));
    }

    /** What a tenant has of a batch, in no order. Walks what it has of anything. */
    public List<JobSnapshot> batch(TenantId tenant, BatchId batch) {
        JobFilter filter = new JobFilter(Set.of(), null, batch);
        return jobs.orderOf(tenant).stream()
                .flatMap(position -> find(tenant, position.id()).stream())
                .filter(filter::accepts)
                .toList();
    }

    /** Every job that is held, of all tenants. Walks a live map. */
    public Stream<JobView> jobs() {
        return jobs.all();
    }

    /** Every job that ended after this instant is held, unless it was deleted. */
    public Instant heldSince() {
        return jobs.heldSince(clock.instant());
    }

    /** Jobs of the whole fleet that have not ended. */
    public int waiting() {
        return jobs.waiting();
    }

    /** Jobs that were seen to end, ever. */
    public long ended() {
        return jobs.ended();
    }

    /** Ended jobs that are held. */
    public int finished() {
        return jobs.finished();
    }

    /** The work of the whole fleet. */
    public FleetWork work() {
        return work;
    }

    /** Workers by id. */
    public List<WorkerHeartbeat> workers() {
        return fleet.workers();
    }

    /** What the fleet did lately. */
    public FleetHistory history() {
        return history;
    }

    /** What is to be done as of now. */
    public WorkAhead workAhead() {
        return work.at(clock.instant());
    }

    /** Whether a heartbeat is so old that its worker may be gone. */
    public boolean silent(WorkerHeartbeat heartbeat) {
        return fleet.silent(heartbeat, clock.instant());
    }

    /**
     * Calls {@code news} on a writer's thread after each change of the job, until the returned
     * handle is closed. Changes before this call are not told: look at the job after listening, not
     * before.
     */
    public JobListeners.Registration listen(JobId id, Runnable news) {
        return listeners.add(id, news);
    }

    /** The ledger says how a job stands. */
    public void apply(JobView view) {
        if (jobs.apply(view)) {
            history.ended(view, clock.instant());
        }
        work.apply(view);
        listeners.tell(view.request().jobId());
    }

    /** A job was submitted and its request is durable. */
    public void submitted(RestorationRequest request) {
        jobs.submitted(request);
        listeners.tell(request.jobId());
    }

    /** The ledger has deleted a job. */
    public void forgetJob(JobId id) {
        jobs.forget(id);
        work.forget(id);
        listeners.tell(id);
    }

    /** A worker speaks. */
    public void apply(WorkerHeartbeat heartbeat) {
        work.heard(heartbeat);
        Set<JobId> news = fleet.apply(heartbeat);
        news.forEach(listeners::tell);
    }

    /** A worker's record was deleted. */
    public void forgetWorker(String workerId) {
        fleet.forget(workerId);
        work.gone(workerId);
    }

    /**
     * Drops what is past the limits.
     *
     * @return how many ended jobs were dropped
     */
    public int sweep() {
        fleet.sweep(clock.instant());
        return jobs.sweep(clock.instant());
    }

    private JobSnapshot snapshot(JobsView.Entry entry) {
        JobView view = entry.view();
        Optional<Progress> progress =
                view.state() == JobState.SCHEDULED
                        ? fleet.progressOf(view.request().jobId(), view.attempt(), clock.instant())
                        : Optional.empty();
        return new JobSnapshot(
                view,
                entry.confirmed(),
                progress.orElse(null),
                jobs.retryOf(view.request().jobId()).orElse(null));
    }
}
