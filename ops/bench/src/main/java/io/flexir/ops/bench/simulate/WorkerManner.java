package io.flexir.ops.bench.simulate;

import io.flexir.contracts.work.PointerBudget;

/**
 * How simulated workers treat their orders.
 *
 * @param anytime whether they end a job at an earlier pointer of its budget when the one aimed for
 *     would be late
 * @param ordersPerSlot orders that are out for each slot; those beyond the first are granted
 *     already, and wait in line
 * @param reportSeconds from the end of a slot's work to the outcome, negative where the outcome is
 *     there before the slot is free again
 * @param keptBackSeconds how much sooner than at its deadline a worker means to have an outcome
 *     there, when it decides where to end
 */
public record WorkerManner(
        boolean anytime, double ordersPerSlot, double reportSeconds, double keptBackSeconds) {
    /** A policy stands for itself: an order starts at once and runs to its target. */
    public static final WorkerManner PLAIN = new WorkerManner(false, 1, 0, 0);

    public WorkerManner {
        if (!(ordersPerSlot >= 1 && ordersPerSlot <= 64)) {
            throw new IllegalArgumentException("1 to 64 orders a slot, were " + ordersPerSlot);
        }
    }

    public WorkerManner withAnytime(boolean now) {
        return new WorkerManner(now, ordersPerSlot, reportSeconds, keptBackSeconds);
    }

    /** Orders that may be out together. */
    int orders(int slots) {
        return (int) Math.ceil(slots * ordersPerSlot);
    }

    /**
     * What a job ends at that starts now. Before each stage a worker goes by what it has taken so
     * far and by how long stages took before: by how much the rest will take longer it does not
     * know.
     */
    int pointer(Workload workload, SimulatedJob job, PointerBudget budget, double seconds) {
        if (!anytime) {
            return budget.target();
        }
        double latest = job.deadline() - reportSeconds - keptBackSeconds;
        int pointer = budget.min();
        while (pointer < budget.target()
                && seconds
                                + workload.seconds(job, pointer)
                                + workload.stageSeconds(job, pointer + 1)
                        <= latest) {
            pointer++;
        }
        return pointer;
    }
}
