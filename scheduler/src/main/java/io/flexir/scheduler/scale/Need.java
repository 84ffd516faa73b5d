package io.flexir.scheduler.scale;

import io.flexir.scheduler.load.WorkAhead;

import java.time.Duration;

/**
 * The workers that a pool needs, fractions included.
 *
 * @param atFloor if every job went no deeper than its floor
 * @param atFullDepth if every job went as deep as it may
 * @param anyWork whether there is a job at all
 */
public record Need(double atFloor, double atFullDepth, boolean anyWork) {
    /** Of a worker's time. A fleet that were busy all the time would have a queue without end. */
    static final double BUSY_SHARE = 0.8;

    public Need {
        if (!(atFloor >= 0 && atFullDepth >= atFloor)) {
            throw new IllegalArgumentException(
                    "0 <= atFloor <= atFullDepth must hold, are " + atFloor + ", " + atFullDepth);
        }
    }

    /**
     * Slots that work off what is there within the target, and can do what comes in.
     *
     * @param perSlot workers of this pool for each slot that the fleet needs
     */
    static Need of(WorkAhead work, Duration drainTarget, double perSlot) {
        double seconds = drainTarget.toMillis() / 1e3;
        double floor =
                Math.max(work.secondsAtFloor() / seconds, work.arrivingAtFloor() / BUSY_SHARE);
        double full =
                Math.max(
                        work.secondsAtFullDepth() / seconds,
                        work.arrivingAtFullDepth() / BUSY_SHARE);
        return new Need(floor * perSlot, Math.max(floor, full) * perSlot, work.jobs() > 0);
    }
}
