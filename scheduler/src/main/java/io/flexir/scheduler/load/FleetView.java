package io.flexir.scheduler.load;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.JobId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The workers that were alive at one moment. Immutable; what is asked often is counted once. */
public final class FleetView {
    private final List<WorkerHeartbeat> alive;
    private final List<WorkerHeartbeat> ready;
    private final Instant at;
    private final Map<String, Integer> slots;
    private final Set<String> poolsWithRoom;

    /**
     * @param alive the newest heartbeat of each
     * @param at the moment
     */
    public FleetView(List<WorkerHeartbeat> alive, Instant at) {
        this.alive = List.copyOf(alive);
        this.at = at;
        this.ready = alive.stream().filter(FleetView::isReady).toList();
        this.slots =
                ready.stream()
                        .collect(
                                groupingBy(
                                        WorkerHeartbeat::pool, summingInt(WorkerHeartbeat::slots)));
        this.poolsWithRoom =
                ready.stream()
                        .filter(beat -> beat.freeSlots() > 0)
                        .map(WorkerHeartbeat::pool)
                        .collect(toUnmodifiableSet());
    }

    public Instant at() {
        return at;
    }

    /** Everybody who was heard of lately, those that drain or pause included. */
    List<WorkerHeartbeat> alive() {
        return alive;
    }

    /** Whether nobody was heard of lately. */
    public boolean isSilent() {
        return alive.isEmpty();
    }

    /** Workers that take orders, of any pool. */
    public List<WorkerHeartbeat> ready() {
        return ready;
    }

    /** Orders that the ready workers of a pool can work on at once. */
    public int slots(String pool) {
        return slots.getOrDefault(pool, 0);
    }

    /** Whether a ready worker of the pool is idle in part: an order in its topic would be taken. */
    public boolean hasRoom(String pool) {
        return poolsWithRoom.contains(pool);
    }

    /** Every job that some worker holds, those that drain or pause included. */
    public Set<JobId> jobsInFlight() {
        return alive.stream()
                .flatMap(beat -> beat.inFlight().stream())
                .map(InFlightJob::jobId)
                .collect(toUnmodifiableSet());
    }

    private static boolean isReady(WorkerHeartbeat beat) {
        return switch (beat.state()) {
            case READY -> true;
            case PAUSED, DRAINING, STOPPED -> false;
        };
    }
}
