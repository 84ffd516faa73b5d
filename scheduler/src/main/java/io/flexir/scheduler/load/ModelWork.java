package io.flexir.scheduler.load;

import io.flexir.scheduler.budget.ServiceTime;

/** What is to be done with one model, and what came in for it lately. One thread at a time. */
final class ModelWork {
    private final Arrivals arrivals;
    private int queued;
    private int out;
    private double gigaMacsAtFloor;
    private double gigaMacsAtFullDepth;

    ModelWork(double memorySeconds) {
        arrivals = new Arrivals(memorySeconds);
    }

    /** A job was submitted then. */
    void arrived(double submittedAt, double atFloor, double atFullDepth) {
        arrivals.add(submittedAt, atFloor, atFullDepth);
    }

    /** A job is to be done. */
    void waits(boolean isQueued, double atFloor, double atFullDepth) {
        queued += isQueued ? 1 : 0;
        out += isQueued ? 0 : 1;
        gigaMacsAtFloor += atFloor;
        gigaMacsAtFullDepth += atFullDepth;
    }

    /** A job is no longer to be done. */
    void left(boolean wasQueued, double atFloor, double atFullDepth) {
        queued -= wasQueued ? 1 : 0;
        out -= wasQueued ? 0 : 1;
        gigaMacsAtFloor = jobs() == 0 ? 0 : gigaMacsAtFloor - atFloor;
        gigaMacsAtFullDepth = jobs() == 0 ? 0 : gigaMacsAtFullDepth - atFullDepth;
    }

    /** All of it in seconds of one slot. */
    WorkAhead ahead(ServiceTime service, double now) {
        Arrivals.Rate rate = arrivals.rate(now);
        return new WorkAhead(
                queued,
                out,
                seconds(service, jobs(), gigaMacsAtFloor),
                seconds(service, jobs(), gigaMacsAtFullDepth),
                seconds(service, rate.jobs(), rate.gigaMacsAtFloor()),
                seconds(service, rate.jobs(), rate.gigaMacsAtFullDepth()));
    }

    private int jobs() {
        return queued + out;
    }

    private static double seconds(ServiceTime service, double jobs, double gigaMacs) {
        return Math.max(
                0, jobs * service.overheadSeconds() + gigaMacs / service.gigaMacsPerSecond());
    }
}
