package io.flexir.scheduler.api.view;

import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The latest view of each job. Readers never wait; writers (the follower of the topic, and
 * submissions) take turns.
 */
public final class JobsView {
    /**
     * @param confirmed false while the job is known from its submission alone
     */
    public record Entry(JobView view, boolean confirmed) {
        private boolean waiting() {
            return !view.state().isFinal();
        }
    }

    private final ViewLimits limits;
    private final Map<JobId, Entry> entries = new ConcurrentHashMap<>();
    private final Map<TenantId, NavigableSet<PagePosition>> order = new ConcurrentHashMap<>();
    private final Map<JobId, JobView> finished = new LinkedHashMap<>();
    private final Deque<RestorationRequest> unconfirmed = new ArrayDeque<>();

    /** By the failed job: the one that does it over. */
    private final Map<JobId, JobId> retries = new ConcurrentHashMap<>();

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong ended = new AtomicLong();
    private long finishedRegions;
    private Instant droppedUntil = Instant.MIN;

    public JobsView(ViewLimits limits) {
        this.limits = limits;
    }

    public Optional<Entry> find(JobId id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** The job that does a failed one over, if there is one. */
    Optional<JobId> retryOf(JobId failed) {
        return Optional.ofNullable(retries.get(failed));
    }

    /** What the ledger says of every job that is held. */
    Stream<JobView> all() {
        return entries.values().stream().map(Entry::view);
    }

    /** A tenant's jobs in the order of pages. The set is live and safe to walk. */
    NavigableSet<PagePosition> orderOf(TenantId tenant) {
        return order.getOrDefault(tenant, new ConcurrentSkipListSet<>());
    }

    /** Jobs that have not ended. */
    public int waiting() {
        return waiting.get();
    }

    /** Jobs that were seen to end, ever. */
    public long ended() {
        return ended.get();
    }

    /** Ended jobs that are held. */
    public int finished() {
        return entries.size() - waiting();
    }

    /**
     * The ledger says how a job stands.
     *
     * @return whether it has ended and was not known to have
     */
    public synchronized boolean apply(JobView view) {
        Entry before = entries.get(view.request().jobId());
        put(new Entry(view, true));
        if (view.state().isFinal()) {
            unfinish(view.request().jobId());
            finished.put(view.request().jobId(), view);
            finishedRegions += regions(view);
        }
        return view.state().isFinal() && (before == null || before.waiting());
    }

    /**
     * A job was submitted and its request is durable; shown as queued until the ledger says so
     * itself.
     */
    public synchronized void submitted(RestorationRequest request) {
        if (!entries.containsKey(request.jobId())) {
            put(new Entry(JobSnapshot.submitted(request).view(), false));
            unconfirmed.addLast(request);
        }
    }

    /** The ledger has deleted a job. */
    public synchronized void forget(JobId id) {
        unfinish(id);
        remove(id);
    }

    /** Every job that ended after this instant is held, unless it was deleted. */
    synchronized Instant heldSince(Instant now) {
        Instant oldest = now.minus(limits.finishedAge());
        return droppedUntil.isAfter(oldest) ? droppedUntil : oldest;
    }

    /**
     * Drops what is past the limits.
     *
     * @return how many ended jobs were dropped
     */
    public synchronized int sweep(Instant now) {
        dropUnconfirmedBefore(now.minus(limits.unconfirmedAge()));
        int dropped = 0;
        while (!finished.isEmpty() && tooMuch(oldest(), now)) {
            JobView oldest = oldest();
            JobId id = oldest.request().jobId();
            unfinish(id);
            Entry entry = entries.get(id);
            if (entry != null && entry.view().equals(oldest)) {
                remove(id);
                dropped++;
                droppedUntil =
                        oldest.updatedAt().isAfter(droppedUntil)
                                ? oldest.updatedAt()
                                : droppedUntil;
            }
        }
        return dropped;
    }

    private JobView oldest() {
        return finished.values().iterator().next();
    }

    private void unfinish(JobId id) {
        JobView ended = finished.remove(id);
        if (ended != null) {
            finishedRegions -= regions(ended);
        }
    }

    private boolean tooMuch(JobView oldest, Instant now) {
        return finished.size() > limits.finishedJobs()
                || finishedRegions > limits.finishedRegions()
                || oldest.updatedAt().isBefore(now.minus(limits.finishedAge()));
    }

    private void dropUnconfirmedBefore(Instant limit) {
        while (!unconfirmed.isEmpty() && unconfirmed.getFirst().submittedAt().isBefore(limit)) {
            JobId id = unconfirmed.removeFirst().jobId();
            if (find(id).filter(entry -> !entry.confirmed()).isPresent()) {
                remove(id);
            }
        }
    }

    private void put(Entry entry) {
        RestorationRequest request = entry.view().request();
        Entry before = entries.put(request.jobId(), entry);
        PagePosition position = PagePosition.of(request);
        if (before != null && !PagePosition.of(before.view().request()).equals(position)) {
            unlist(before);
        }
        order.computeIfAbsent(request.tenant(), tenant -> new ConcurrentSkipListSet<>())
                .add(position);
        if (request.retryOf() != null) {
            retries.put(request.retryOf(), request.jobId());
        }
        boolean waitedBefore = before != null && before.waiting();
        waiting.addAndGet((entry.waiting() ? 1 : 0) - (waitedBefore ? 1 : 0));
        if (waitedBefore && !entry.waiting()) {
            ended.incrementAndGet();
        }
    }

    private void remove(JobId id) {
        Entry before = entries.remove(id);
        if (before != null) {
            unlist(before);
            JobId failed = before.view().request().retryOf();
            if (failed != null) {
                retries.remove(failed, id);
            }
            waiting.addAndGet(before.waiting() ? -1 : 0);
        }
    }

    private void unlist(Entry entry) {
        RestorationRequest request = entry.view().request();
        order.computeIfPresent(
                request.tenant(),
                (tenant, positions) -> {
                    positions.remove(PagePosition.of(request));
                    return positions.isEmpty() ? null : positions;
                });
    }

    private static int regions(JobView view) {
        return view.outcome() instanceof Outcome.Restored restored
                ? restored.receipt().regions().size()
                : 0;
    }
}
