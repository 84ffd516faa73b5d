package io.flexir.scheduler.dispatch;

import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.Turn;
import io.flexir.scheduler.load.WaitingWork;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The queued jobs of one tenant in the order in which they are served. One thread. */
final class TenantQueue {
    private final NavigableSet<OrderKey> served = new TreeSet<>();
    private final NavigableSet<OrderKey> aside = new TreeSet<>();
    private final NavigableSet<OrderKey> late = new TreeSet<>();

    /** Worker-seconds over weight. */
    double granted;

    /** Where the queue stands among the others; none before it has a job. */
    @Nullable Turn turn;

    TenantQueue(double granted) {
        this.granted = granted;
    }

    void add(OrderKey key) {
        served.add(key);
    }

    void remove(OrderKey key) {
        served.remove(key);
        aside.remove(key);
        late.remove(key);
    }

    int size() {
        return served.size() + aside.size() + late.size();
    }

    /** The best job. */
    Optional<OrderKey> best() {
        return first(served).or(() -> first(aside)).or(() -> first(late));
    }

    /**
     * The best job once those have stepped aside that make others late: one of them goes when there
     * is room for it, one that is late already when it takes nothing from anybody, and both when
     * nobody else waits, here or in another queue whose jobs the work holds. None where all stand
     * back for such.
     */
    Optional<OrderKey> best(WaitingWork work, Instant now) {
        work.letStepAside(now);
        while (!served.isEmpty() && work.isAside(served.first().jobId())) {
            aside.add(served.pollFirst());
        }
        while (!aside.isEmpty() && !work.canBeOnTime(aside.first().jobId(), now)) {
            late.add(aside.pollFirst());
        }
        boolean othersWait = work.anybodyIsOnTime();
        return first(aside)
                .filter(key -> !othersWait || work.hasRoomFor(key.jobId(), now))
                .or(
                        () ->
                                first(late)
                                        .filter(
                                                key ->
                                                        !othersWait
                                                                || work.costsNobody(
                                                                        key.jobId(), now)))
                .or(() -> first(served));
    }

    private static Optional<OrderKey> first(NavigableSet<OrderKey> keys) {
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.first());
    }
}
