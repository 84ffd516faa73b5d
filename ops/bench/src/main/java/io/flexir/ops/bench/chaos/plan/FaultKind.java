package io.flexir.ops.bench.chaos.plan;

import java.time.Duration;
import java.util.Locale;

/** What can go wrong, where, and for how long. */
public enum FaultKind {
    /** SIGKILL, and started again. */
    KILL_WORKER(Place.WORKERS, 500, 3_000),
    KILL_SCHEDULER(Place.SCHEDULERS, 500, 3_000),
    KILL_BROKER(Place.BROKER, 500, 2_000),
    KILL_STORE(Place.STORE, 500, 3_000),
    /** SIGTERM, and started again when it has ended. */
    RESTART_BROKER(Place.BROKER, 500, 2_000),
    RESTART_WORKER(Place.WORKERS, 500, 1_000),
    RESTART_SCHEDULER(Place.SCHEDULERS, 500, 1_000),
    /**
     * SIGSTOP for longer than an acquisition lock: others get its orders, and it goes on with them.
     */
    PAUSE_WORKER(Place.WORKERS, 5_000, 9_000),
    /**
     * SIGSTOP for longer than session and transaction: a rival takes its partitions over, and it
     * wakes up as a zombie in the middle of its transaction.
     */
    PAUSE_SCHEDULER(Place.SCHEDULERS, 9_000, 13_000),
    /** A worker that gets a fifth of its time: records wait at it, locks are renewed late. */
    SLOW_WORKER(Place.WORKERS, 4_000, 8_000),
    /** The wall clock of a worker is set forward or back by up to an hour, and set right again. */
    CLOCK_WORKER(Place.WORKERS, 2_000, 6_000),
    CLOCK_SCHEDULER(Place.SCHEDULERS, 2_000, 6_000),
    /** A job of whose image every worker dies that takes it; the time is the longest. */
    POISON(Place.INPUTS, 60_000, 60_000),
    /** The store answers 500. */
    STORE_ERRORS(Place.STORE, 2_000, 6_000),
    /** The store takes requests and says nothing. */
    STORE_HANGS(Place.STORE, 2_000, 6_000),
    /** The store's connection ends in the middle of an answer. */
    STORE_CUTS(Place.STORE, 2_000, 6_000),
    /** The store has no room for more than a few objects (507), and is read as ever. */
    STORE_FULL(Place.STORE, 2_000, 6_000),
    /** Requests, orders and reports of before are written again, in another order. */
    REDELIVERY(Place.TOPICS, 0, 0);

    private final Place place;
    private final Duration shortest;
    private final Duration longest;

    FaultKind(Place place, long shortestMillis, long longestMillis) {
        this.place = place;
        this.shortest = Duration.ofMillis(shortestMillis);
        this.longest = Duration.ofMillis(longestMillis);
    }

    /** Where it strikes. */
    public Place place() {
        return place;
    }

    /** It lasts at least so long. */
    public Duration shortest() {
        return shortest;
    }

    /** It lasts at most so long, what comes back is then still starting. */
    public Duration longest() {
        return longest;
    }

    /** As people write it: {@code kill-worker}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
