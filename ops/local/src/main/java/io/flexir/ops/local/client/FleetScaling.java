package io.flexir.ops.local.client;

import java.util.Map;

/**
 * How many workers a scheduler wants, and from what.
 *
 * @param pools by name
 */
public record FleetScaling(Map<String, Pool> pools, Work work) {
    public FleetScaling {
        pools = Map.copyOf(pools);
    }

    /** One pool; needs in workers, fractions included. */
    public record Pool(
            int desiredWorkers, int readyWorkers, double neededAtFloor, double neededAtFullDepth) {}

    /** Jobs that have not ended, and the seconds that one worker would need for them. */
    public record Work(
            int queuedJobs,
            int ordersOut,
            double workerSecondsAtFloor,
            double workerSecondsAtFullDepth) {}
}
