package io.flexir.scheduler.api.resource;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;

import java.time.Instant;
import java.util.List;

/**
 * A worker by its latest heartbeat. Which jobs it holds is not told: they may be other tenants'.
 */
public record WorkerResource(
        String id,
        String pool,
        WorkerHeartbeat.State state,
        boolean silent,
        Device device,
        int slots,
        int freeSlots,
        List<LoadedModel> models,
        int jobs,
        Instant startedAt,
        Instant heardAt) {
    /**
     * @param silent whether the heartbeat is so old that the worker may be gone
     */
    public static WorkerResource of(WorkerHeartbeat heartbeat, boolean silent) {
        return new WorkerResource(
                heartbeat.workerId(),
                heartbeat.pool(),
                heartbeat.state(),
                silent,
                heartbeat.device(),
                heartbeat.slots(),
                heartbeat.freeSlots(),
                heartbeat.models(),
                heartbeat.inFlight().size(),
                heartbeat.startedAt(),
                heartbeat.at());
    }
}
