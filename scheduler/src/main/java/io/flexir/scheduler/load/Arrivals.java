package io.flexir.scheduler.load;

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

    Arrivals(double memorySeconds) {
        this.memorySeconds = memorySeconds;
    }

    /** A job was submitted then. */
    void add(double submittedAt, double atFloor, double atFullDepth) {
        fade(submittedAt);
        double share = Math.exp((submittedAt - fadedTo) / memorySeconds);
        jobs += share;
        gigaMacsAtFloor += share * atFloor;
        gigaMacsAtFullDepth += share * atFullDepth;
    }

    /** What came in each second, lately. */
    Rate rate(double now) {
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
