package io.flexir.worker.intake;

import io.flexir.contracts.work.WorkOrder;

/**
 * One order in the hands of this worker. Read by the thread that does it, told by the slot's
 * consumer thread.
 */
public final class Delivery {
    private final WorkOrder order;
    private final int count;
    private volatile boolean handBackWanted;

    /**
     * @param count how often the broker has handed the order out, 1 for the first time
     */
    public Delivery(WorkOrder order, int count) {
        this.order = order;
        this.count = count;
    }

    public WorkOrder order() {
        return order;
    }

    public int count() {
        return count;
    }

    /** Whether this worker must stop soon: what is not nearly done goes back to the broker. */
    public boolean handBackWanted() {
        return handBackWanted;
    }

    public void wantBack() {
        handBackWanted = true;
    }
}
