package io.flexir.worker.report;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.fleet.WorkerHeartbeat.State;
import io.flexir.worker.config.WorkerConfig;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Composes what this worker says of itself. Thread-safe. */
public final class Heartbeats {
    private final WorkerConfig config;
    private final Device device;
    private final InFlightBoard board;

    /** Phases in which an order needs its slot no more. */
    private static final Set<InFlightJob.Phase> BROUGHT_HOME =
            EnumSet.of(
                    InFlightJob.Phase.ENCODING,
                    InFlightJob.Phase.STORING,
                    InFlightJob.Phase.REPORTING);

    private final Supplier<List<LoadedModel>> models;
    private final Supplier<List<String>> bundles;
    private final Clock clock;
    private final Instant startedAt;

    public Heartbeats(
            WorkerConfig config,
            Device device,
            InFlightBoard board,
            Supplier<List<LoadedModel>> models,
            Supplier<List<String>> bundles,
            Clock clock) {
        this.config = config;
        this.device = device;
        this.board = board;
        this.models = models;
        this.bundles = bundles;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * The state of things now. A worker that takes no orders has no free slot, whatever is idle.
     */
    public WorkerHeartbeat now(State state) {
        int slots = config.compute().slots();
        List<InFlightJob> jobs = board.jobs();
        long computing = jobs.stream().filter(job -> !BROUGHT_HOME.contains(job.phase())).count();
        int free = state == State.READY ? (int) Math.max(0, slots - computing) : 0;
        return new WorkerHeartbeat(
                config.workerId(),
                config.pool(),
                device,
                state,
                slots,
                free,
                models.get(),
                bundles.get(),
                jobs,
                startedAt,
                clock.instant());
    }
}
