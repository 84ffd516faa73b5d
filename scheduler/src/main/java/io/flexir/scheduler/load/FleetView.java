package io.flexir.scheduler.load;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.JobId;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The workers that were alive at one moment.
 *
 * @param alive the newest heartbeat of each
 * @param at the moment
 * @param version counts the heartbeats that went into it
 */
public record FleetView(List<WorkerHeartbeat> alive, Instant at, long version) {
    public FleetView {
        alive = List.copyOf(alive);
    }

    /** Orders that the ready workers of a pool can work on at once. */
    public int slots(String pool) {
        return ready(pool).mapToInt(WorkerHeartbeat::slots).sum();
    }

    /** Whether a ready worker of the pool is idle in part: an order in its topic would be taken. */
    public boolean hasRoom(String pool) {
        return ready(pool).anyMatch(beat -> beat.freeSlots() > 0);
    }

    /** All ready workers, of any pool. */
    public Stream<WorkerHeartbeat> ready() {
        return alive.stream().filter(beat -> beat.state() == WorkerHeartbeat.State.READY);
    }

    /** Every job that some worker holds, those that drain included. */
    public Set<JobId> jobsInFlight() {
        return alive.stream()
                .flatMap(beat -> beat.inFlight().stream())
                .map(InFlightJob::jobId)
                .collect(toUnmodifiableSet());
    }

    private Stream<WorkerHeartbeat> ready(String pool) {
        return ready().filter(beat -> beat.pool().equals(pool));
    }
}
