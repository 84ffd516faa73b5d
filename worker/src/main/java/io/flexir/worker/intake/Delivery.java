package io.flexir.worker.intake;

import io.flexir.contracts.work.WorkOrder;

/**
 * One order in the hands of this worker. Read by the thread that does it, told by the slot's
 * consumer thread.
 */
public final class Delivery {
    private final WorkOrder order;
    private final int count;
    private final Turn turn;
    private volatile boolean handBackWanted;

    /**
     * @param count how often the broker has handed the order out, 1 for the first time
     * @param turn the order's way through its slot
     */
    public Delivery(WorkOrder order, int count, Turn turn) {
        this.order = order;
        this.count = count;
        this.turn = turn;
    }

    public WorkOrder order() {
        return order;
    }

    public int count() {
        return count;
    }

    /** The order's way through its slot. */
    public Turn turn() {
        return turn;
    }

    /** Whether this worker must stop soon: what is not nearly done goes back to the broker. */
    public boolean handBackWanted() {
        return handBackWanted;
    }

    public void wantBack() {
        handBackWanted = true;
    }
}
