package io.flexir.scheduler.budget;

import io.flexir.contracts.request.Depth;

/**
 * What a grant depends on, of one job.
 *
 * @param depth what was asked for
 * @param floor smallest pointer that the client accepts
 * @param curve what the model's pointers cost and are worth
 * @param pixels of the image that is fed
 * @param deadlineSeconds epoch seconds, infinite where there is none
 */
public record JobFacts(
        Depth depth, int floor, QualityCurve curve, double pixels, double deadlineSeconds) {
    public JobFacts {
        if (floor < 1 || floor > curve.n()) {
            throw new IllegalArgumentException(
                    "1 <= floor <= n must hold, is " + floor + ", " + curve.n());
        }
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
            case Depth.Automatic ignored -> n();
            case Depth.Adaptive ignored -> n();
        };
    }
}
