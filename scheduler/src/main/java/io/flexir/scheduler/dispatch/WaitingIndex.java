package io.flexir.scheduler.dispatch;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.load.WaitingWork;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The queued jobs of one task in the order in which they are served. Holds keys alone; the requests
 * stay in the ledger. Every operation costs log n. One thread.
 */
public final class WaitingIndex {
    private final NavigableSet<OrderKey> served = new TreeSet<>();
    private final NavigableSet<OrderKey> aside = new TreeSet<>();
    private final NavigableSet<OrderKey> late = new TreeSet<>();
    private final NavigableSet<Expiry> expiring = new TreeSet<>();

    public void add(RestorationRequest request) {
        served.add(OrderKey.of(request));
        if (request.terms().onMiss() == OnMiss.FAIL) {
            expiring.add(Expiry.of(request));
        }
    }

    public void remove(RestorationRequest request) {
        OrderKey key = OrderKey.of(request);
        served.remove(key);
        aside.remove(key);
        late.remove(key);
        expiring.remove(Expiry.of(request));
    }

    /** The best queued job. */
    public Optional<OrderKey> best() {
        return first(served).or(() -> first(aside)).or(() -> first(late));
    }

    /**
     * The best queued job once those have stepped aside that make others late: one of them goes
     * when there is room for it, or nobody else waits.
     */
    public Optional<OrderKey> best(WaitingWork work, Instant now) {
        work.letStepAside(now);
        while (!served.isEmpty() && work.isAside(served.first().jobId())) {
            aside.add(served.pollFirst());
        }
        while (!aside.isEmpty() && !work.canBeOnTime(aside.first().jobId(), now)) {
            late.add(aside.pollFirst());
        }
        return first(aside)
                .or(() -> first(late))
                .filter(key -> served.isEmpty() || work.hasRoomFor(key.jobId(), now))
                .or(() -> first(served));
    }

    private static Optional<OrderKey> first(NavigableSet<OrderKey> keys) {
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.first());
    }

    /** A job that would rather fail than be late, and is late. */
    public Optional<JobId> expiredBy(Instant now) {
        boolean expired =
                !expiring.isEmpty() && expiring.first().deadlineMillis() < now.toEpochMilli();
        return expired ? Optional.of(expiring.first().jobId()) : Optional.empty();
    }

    public int size() {
        return served.size() + aside.size() + late.size();
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
