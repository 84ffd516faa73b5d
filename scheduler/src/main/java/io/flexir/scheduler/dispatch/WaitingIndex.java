package io.flexir.scheduler.dispatch;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.RestorationRequest;

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
    private final NavigableSet<Expiry> expiring = new TreeSet<>();

    public void add(RestorationRequest request) {
        served.add(OrderKey.of(request));
        if (request.terms().onMiss() == OnMiss.FAIL) {
            expiring.add(Expiry.of(request));
        }
    }

    public void remove(RestorationRequest request) {
        served.remove(OrderKey.of(request));
        expiring.remove(Expiry.of(request));
    }

    /** The best queued job. */
    public Optional<OrderKey> best() {
        return served.isEmpty() ? Optional.empty() : Optional.of(served.first());
    }

    /** A job that would rather fail than be late, and is late. */
    public Optional<JobId> expiredBy(Instant now) {
        boolean expired =
                !expiring.isEmpty() && expiring.first().deadlineMillis() < now.toEpochMilli();
        return expired ? Optional.of(expiring.first().jobId()) : Optional.empty();
    }

    public int size() {
        return served.size();
    }

    private record Expiry(long deadlineMillis, JobId jobId) implements Comparable<Expiry> {
        static Expiry of(RestorationRequest request) {
            return new Expiry(OrderKey.of(request).deadlineMillis(), request.jobId());
        }

        @Override
        public int compareTo(Expiry other) {
            int byDeadline = Long.compare(deadlineMillis, other.deadlineMillis);
            return byDeadline != 0 ? byDeadline : jobId.compareTo(other.jobId);
        }
    }
}
