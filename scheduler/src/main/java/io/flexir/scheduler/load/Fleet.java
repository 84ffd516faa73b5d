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
 * live.
 */
public final class Fleet {
    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    private final Duration timeToLive;
    private final Map<String, WorkerHeartbeat> heartbeats = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private Instant sweptAt = Instant.EPOCH;
    private volatile FleetView view = new FleetView(List.of(), Instant.EPOCH, 0);

    /**
     * @param timeToLive a worker that was not heard of for longer counts as dead
     */
    public Fleet(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    /** A worker said something. */
    public void heard(WorkerHeartbeat heartbeat) {
        boolean stopped =
                switch (heartbeat.state()) {
                    case READY, DRAINING -> false;
                    case STOPPED -> true;
                };
        if (stopped) {
            gone(heartbeat.workerId());
            return;
        }
        heartbeats.put(heartbeat.workerId(), heartbeat);
        version.incrementAndGet();
        forgetOld(heartbeat.at());
    }

    /** A worker's record was deleted, or its last word came. */
    public void gone(String workerId) {
        heartbeats.remove(workerId);
        version.incrementAndGet();
    }

    /** Who lives at this moment. */
    public FleetView at(Instant now) {
        FleetView latest = view;
        if (stillTrue(latest, now)) {
            return latest;
        }
        long seen = version.get();
        FleetView fresh =
                new FleetView(
                        heartbeats.values().stream().filter(beat -> alive(beat, now)).toList(),
                        now,
                        seen);
        view = fresh;
        return fresh;
    }

    /**
     * Building a view costs as much as there are workers, so the time between two grows with them.
     */
    private boolean stillTrue(FleetView latest, Instant now) {
        long ageMillis = Duration.between(latest.at(), now).toMillis();
        long shortestMillis = heartbeats.size() / 100L;
        boolean unchanged = latest.version() == version.get() && ageMillis < 100;
        return ageMillis >= 0 && (unchanged || ageMillis < shortestMillis);
    }

    private boolean alive(WorkerHeartbeat beat, Instant now) {
        return Duration.between(beat.at(), now).abs().compareTo(timeToLive) <= 0;
    }

    /** Workers that died without a last word would stay for ever. */
    private void forgetOld(Instant now) {
        if (now.isAfter(sweptAt.plus(FORGET_AFTER.dividedBy(60)))) {
            sweptAt = now;
            heartbeats.values().removeIf(beat -> beat.at().plus(FORGET_AFTER).isBefore(now));
        }
    }
}
