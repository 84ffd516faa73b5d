package io.flexir.ops.bench.simulate;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.scheduler.load.Fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The workers of a simulation as a scheduler knows them. Their heartbeats tell how fast the jobs of
 * late were done, what these took beside their network included: a real scheduler has that from
 * receipts. Not thread-safe.
 */
final class SimulatedFleet {
    static final String POOL = "cpu";

    private static final Instant START = Instant.ofEpochSecond(0);
    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    /** Jobs of late, exponentially forgotten. */
    private static final double MEMORY_JOBS = 512;

    /** Below it a change of speed is not told. */
    private static final double NOTABLE_CHANGE = 0.01;

    private final Fleet fleet = new Fleet(FOR_EVER);
    private final int workers;
    private double gigaMacs;
    private double seconds;
    private double told;

    /**
     * @param workers of one slot each
     * @param gigaMacsPerSecond of a slot, told before anything was done
     */
    SimulatedFleet(int workers, double gigaMacsPerSecond) {
        this.workers = workers;
        tell(gigaMacsPerSecond);
    }

    Fleet heard() {
        return fleet;
    }

    /** A slot has done so much in so long. */
    void done(double moreGigaMacs, double moreSeconds) {
        gigaMacs += moreGigaMacs - gigaMacs / MEMORY_JOBS;
        seconds += moreSeconds - seconds / MEMORY_JOBS;
    }

    /** Heartbeats come, if they have anything new to tell. */
    void beat() {
        double speed = seconds > 0 ? gigaMacs / seconds : told;
        if (Math.abs(speed / told - 1) > NOTABLE_CHANGE) {
            tell(speed);
        }
    }

    private void tell(double speed) {
        told = speed;
        for (int worker = 0; worker < workers; worker++) {
            fleet.heard(heartbeat(worker, speed));
        }
    }

    private static WorkerHeartbeat heartbeat(int worker, double speed) {
        return new WorkerHeartbeat(
                "worker-" + worker,
                POOL,
                new Device("cpu", "simulated", 1),
                WorkerHeartbeat.State.READY,
                1,
                0,
                List.of(new LoadedModel("any", "0".repeat(64), speed)),
                List.of(),
                START,
                START);
    }
}
