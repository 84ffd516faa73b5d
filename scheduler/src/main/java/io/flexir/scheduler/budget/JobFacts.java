package io.flexir.scheduler.budget;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.OnMiss;

import java.time.Instant;

/**
 * What a grant depends on, of one job.
 *
 * @param depth what was asked for
 * @param floor smallest pointer that the client accepts
 * @param target largest pointer that the client wants, where the load decides
 * @param curve what the model's pointers cost and are worth
 * @param pixels of the image that is fed
 * @param deadlineSeconds epoch seconds, infinite where there is none
 * @param onMiss what the client wants when even the floor comes late
 */
public record JobFacts(
        Depth depth,
        int floor,
        int target,
        QualityCurve curve,
        double pixels,
        double deadlineSeconds,
        OnMiss onMiss) {
    public JobFacts {
        if (floor < 1 || floor > target || target > curve.n()) {
            throw new IllegalArgumentException(
                    "1 <= floor <= target <= n must hold, is "
                            + floor
                            + ", "
                            + target
                            + ", "
                            + curve.n());
        }
    }

    /** A job that may go as deep as its model, and degrades on a miss. */
    public JobFacts(
            Depth depth, int floor, QualityCurve curve, double pixels, double deadlineSeconds) {
        this(depth, floor, curve.n(), curve, pixels, deadlineSeconds, OnMiss.DEGRADE);
    }

    /** The model's largest pointer. */
    public int n() {
        return curve.n();
    }

    public double gigaMacs(int pointer) {
        return pixels * curve.gigaMacsPerPixel(pointer);
    }

    /** The least that it can be granted. */
    public int least() {
        return switch (depth) {
            case Depth.Fixed fixed -> Math.min(fixed.pointer(), n());
            case Depth.Automatic ignored -> floor;
            case Depth.Adaptive ignored -> floor;
        };
    }

    /** The most that it can be granted. */
    public int most() {
        return switch (depth) {
            case Depth.Fixed fixed -> Math.min(fixed.pointer(), n());
            case Depth.Automatic ignored -> target;
            case Depth.Adaptive ignored -> target;
        };
    }

    /**
     * The same job as it counts from now on: one that cannot be on time any more and would rather
     * be late than shallow has no deadline to stop for.
     */
    JobFacts asOf(Instant now, ServiceTime service) {
        boolean missed =
                onMiss == OnMiss.LATE
                        && Seconds.of(now) + service.seconds(this, floor) > deadlineSeconds;
        return missed
                ? new JobFacts(
                        depth, floor, target, curve, pixels, Double.POSITIVE_INFINITY, onMiss)
                : this;
    }
}
