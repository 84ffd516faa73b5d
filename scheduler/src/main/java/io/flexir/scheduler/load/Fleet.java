package io.flexir.scheduler.load;

import io.flexir.contracts.fleet.WorkerHeartbeat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The newest heartbeat of every worker. Fed by one thread, read by many.
 *
 * <p>Heartbeats carry the worker's clock: it must agree with the scheduler's within the time to
 * live. A worker whose clock does not counts as dead.
 */
public final class Fleet {
    private static final Duration SHORTEST_MEMORY = Duration.ofHours(1);
    private static final long LONGEST_MILLIS = 100;

    private final Duration timeToLive;
    private final Duration memory;
    private final Map<String, WorkerHeartbeat> heartbeats = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private volatile Dated latest = new Dated(new FleetView(List.of(), Instant.EPOCH), 0);

    /**
     * @param timeToLive a worker that was not heard of for longer counts as dead
     */
    public Fleet(Duration timeToLive) {
        this.timeToLive = timeToLive;
        this.memory = timeToLive.compareTo(SHORTEST_MEMORY) > 0 ? timeToLive : SHORTEST_MEMORY;
    }

    /** A worker said something. */
    public void heard(WorkerHeartbeat heartbeat) {
        switch (heartbeat.state()) {
            case READY, PAUSED, DRAINING -> {
                heartbeats.put(heartbeat.workerId(), heartbeat);
                version.incrementAndGet();
            }
            case STOPPED -> gone(heartbeat.workerId());
        }
    }

    /** A worker's record was deleted, or its last word came. */
    public void gone(String workerId) {
        heartbeats.remove(workerId);
        version.incrementAndGet();
    }

    /** Whether a worker's last word is known, however old it is. */
    public boolean remembers(String workerId) {
        return heartbeats.containsKey(workerId);
    }

    /** Who lives at this moment. */
    public FleetView at(Instant now) {
        Dated known = latest;
        if (stillTrue(known, now)) {
            return known.view();
        }
        long seen = version.get();
        heartbeats.values().removeIf(beat -> age(beat, now).compareTo(memory) > 0);
        List<WorkerHeartbeat> alive =
                heartbeats.values().stream()
                        .filter(beat -> age(beat, now).compareTo(timeToLive) <= 0)
                        .toList();
        FleetView view = new FleetView(alive, now);
        latest = new Dated(view, seen);
        return view;
    }

    /**
     * Building a view costs as much as there are workers, so the time between two grows with them.
     */
    private boolean stillTrue(Dated known, Instant now) {
        long ageMillis = Duration.between(known.view().at(), now).toMillis();
        long shortestMillis = Math.min(LONGEST_MILLIS, heartbeats.size() / 100);
        boolean unchanged = known.version() == version.get() && ageMillis < LONGEST_MILLIS;
        return ageMillis >= 0 && (unchanged || ageMillis < shortestMillis);
    }

    /** Ahead counts as much as behind. */
    private static Duration age(WorkerHeartbeat beat, Instant now) {
        return Duration.between(beat.at(), now).abs();
    }

    private record Dated(FleetView view, long version) {}
}
