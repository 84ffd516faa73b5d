package io.flexir.scheduler.load;

import io.flexir.scheduler.budget.SetBack;

/**
 * Work that came in lately, each job by the time of its submission and forgotten exponentially: in
 * whatever order jobs become known, the rate is the same.
 */
final class Arrivals {
    private final double memorySeconds;
    private double jobs;
    private double gigaMacsAtFloor;
    private double gigaMacsAtFullDepth;
    private double fadedTo = Double.NaN;
    private double lookedAt = Double.POSITIVE_INFINITY;

    Arrivals(double memorySeconds) {
        this.memorySeconds = memorySeconds;
    }

    /**
     * A job was submitted then, or so somebody's clock says: not long after the last look, as there
     * is one every second.
     */
    void add(double submittedAt, double atFloor, double atFullDepth) {
        double cameAt = Math.min(submittedAt, lookedAt + SetBack.SECONDS);
        fade(cameAt);
        double share = Math.exp((cameAt - fadedTo) / memorySeconds);
        jobs += share;
        gigaMacsAtFloor += share * atFloor;
        gigaMacsAtFullDepth += share * atFullDepth;
    }

    /** What came in each second, lately. */
    Rate rate(double now) {
        lookedAt = now;
        fadedTo = SetBack.between(fadedTo, now) ? now : fadedTo;
        fade(now);
        return new Rate(
                jobs / memorySeconds,
                gigaMacsAtFloor / memorySeconds,
                gigaMacsAtFullDepth / memorySeconds);
    }

    private void fade(double to) {
        if (Double.isNaN(fadedTo)) {
            fadedTo = to;
        }
        if (to > fadedTo) {
            double share = Math.exp((fadedTo - to) / memorySeconds);
            jobs *= share;
            gigaMacsAtFloor *= share;
            gigaMacsAtFullDepth *= share;
            fadedTo = to;
        }
    }

    /** All of it each second. */
    record Rate(double jobs, double gigaMacsAtFloor, double gigaMacsAtFullDepth) {}
}
