package io.flexir.scheduler.dispatch;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.budget.Turn;
import io.flexir.scheduler.load.WaitingWork;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The queued jobs of one task in the order in which they are served: tenants by the work they were
 * granted over their weight (start-time fair queueing), each one's jobs by their order keys. A
 * tenant that comes back starts where the others are: what it did not use is gone. Holds keys
 * alone; the requests stay in the ledger. Every operation costs log n. One thread.
 */
public final class WaitingIndex {
    /** Tenants without jobs whose lead over the others is remembered. */
    private static final int MAX_LEADS = 10_000;

    private final TenantRules tenants;
    private final Map<TenantId, TenantQueue> queues = new HashMap<>();
    private final NavigableSet<Turn> turns = new TreeSet<>();
    private final Map<TenantId, Double> leads = new HashMap<>();
    private final NavigableSet<Expiry> expiring = new TreeSet<>();

    /** Granted work over weight at the start of the latest grant: where those who come start. */
    private double virtualNow;

    private int size;

    /** Everybody is equal. */
    public WaitingIndex() {
        this(TenantRules.EQUAL);
    }

    public WaitingIndex(TenantRules tenants) {
        this.tenants = tenants;
    }

    public void add(RestorationRequest request) {
        TenantId tenant = request.tenant();
        TenantQueue queue = queues.computeIfAbsent(tenant, this::opened);
        int before = queue.size();
        queue.add(OrderKey.of(request));
        size += queue.size() - before;
        place(tenant, queue);
        watchDeadline(request);
    }

    /** A job that is not to be served before it is added: its deadline passes all the same. */
    public void watchDeadline(RestorationRequest request) {
        if (request.terms().onMiss() == OnMiss.FAIL && request.terms().deadline() != null) {
            expiring.add(Expiry.of(request));
        }
    }

    public void remove(RestorationRequest request) {
        TenantId tenant = request.tenant();
        TenantQueue queue = queues.get(tenant);
        if (queue != null) {
            int before = queue.size();
            queue.remove(OrderKey.of(request));
            size += queue.size() - before;
            place(tenant, queue);
        }
        expiring.remove(Expiry.of(request));
    }

    /** A tenant's job is granted so much work, as predicted. To be told before the job leaves. */
    public void granted(TenantId tenant, double seconds) {
        TenantQueue queue = queues.get(tenant);
        if (queue != null) {
            virtualNow = Math.max(virtualNow, queue.granted);
            queue.granted += seconds / tenants.weight(tenant);
            place(tenant, queue);
        }
    }

    /** The best queued job. */
    public Optional<OrderKey> best() {
        return turns.isEmpty()
                ? Optional.empty()
                : queueOf(turns.first()).flatMap(TenantQueue::best);
    }

    /**
     * The best queued job once those of its tenant have stepped aside that make others late; none
     * where all stand back for jobs of other queues.
     */
    public Optional<OrderKey> best(Function<TenantId, WaitingWork> works, Instant now) {
        Optional<OrderKey> best = Optional.empty();
        Turn turn = turns.isEmpty() ? null : turns.first();
        while (turn != null && best.isEmpty()) {
            best = best(turn.tenant(), works, now);
            turn = turns.higher(turn);
        }
        return best;
    }

    private Optional<OrderKey> best(
            TenantId tenant, Function<TenantId, WaitingWork> works, Instant now) {
        TenantQueue queue = queues.get(tenant);
        if (queue == null) {
            return Optional.empty();
        }
        Optional<OrderKey> best = queue.best(works.apply(tenant), now);
        place(tenant, queue);
        return best;
    }

    /** The same where there is one tenant. */
    public Optional<OrderKey> best(WaitingWork work, Instant now) {
        return best(tenant -> work, now);
    }

    /** A job that would rather fail than be late, and is late. */
    public Optional<JobId> expiredBy(Instant now) {
        boolean expired =
                !expiring.isEmpty() && expiring.first().deadlineMillis() < now.toEpochMilli();
        return expired ? Optional.of(expiring.first().jobId()) : Optional.empty();
    }

    public int size() {
        return size;
    }

    private TenantQueue opened(TenantId tenant) {
        Double lead = leads.remove(tenant);
        return new TenantQueue(lead == null ? virtualNow : Math.max(lead, virtualNow));
    }

    private Optional<TenantQueue> queueOf(Turn turn) {
        return Optional.ofNullable(queues.get(turn.tenant()));
    }

    private void place(TenantId tenant, TenantQueue queue) {
        if (queue.turn != null) {
            turns.remove(queue.turn);
        }
        Optional<Turn> next = queue.best().map(head -> Turn.of(queue.granted, head, tenant));
        queue.turn = next.orElse(null);
        next.ifPresentOrElse(turns::add, () -> close(tenant, queue));
    }

    private void close(TenantId tenant, TenantQueue queue) {
        queues.remove(tenant);
        if (queue.granted > virtualNow) {
            if (leads.size() >= MAX_LEADS) {
                leads.values().removeIf(lead -> lead <= virtualNow);
            }
            if (leads.size() < MAX_LEADS) {
                leads.put(tenant, queue.granted);
            }
        }
    }

    private record Expiry(long deadlineMillis, JobId jobId) implements Comparable<Expiry> {
        static Expiry of(RestorationRequest request) {
            return new Expiry(OrderKey.of(request).dueMillis(), request.jobId());
        }

        @Override
        public int compareTo(Expiry other) {
            int byDeadline = Long.compare(deadlineMillis, other.deadlineMillis);
            return byDeadline != 0 ? byDeadline : jobId.compareTo(other.jobId);
        }
    }
}
