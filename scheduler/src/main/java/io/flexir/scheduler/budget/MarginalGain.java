package io.flexir.scheduler.budget;

import java.time.Instant;

/**
 * Depth is bought where it gains most. A job climbs the concave envelope of its model's quality
 * over cost as long as a step brings more dB for a worker-second than a worker-second is worth to
 * others, nobody behind it becomes late by it, and it ends in time itself.
 */
public record MarginalGain() implements Policy {
    /** Jobs take longer than predicted as often as not: so much of its own time is kept back. */
    private static final double OWN_MARGIN = 1.15;

    @Override
    public int pointer(JobFacts job, Load load, Instant now) {
        ServiceTime service = load.service();
        double slack = job.deadlineSeconds() - Seconds.of(now);
        double atFloor = service.seconds(job, job.floor());
        int pointer = job.floor();
        double seconds = atFloor;
        for (int next = job.curve().next(pointer, job.most());
                next != 0;
                next = job.curve().next(pointer, job.most())) {
            double deeper = service.seconds(job, next);
            double gain = job.curve().psnr(next) - job.curve().psnr(pointer);
            boolean worthIt = gain >= load.price() * (deeper - seconds);
            boolean harmless = deeper - atFloor <= load.spareSeconds();
            if (!worthIt || !harmless || OWN_MARGIN * deeper > slack) {
                break;
            }
            pointer = next;
            seconds = deeper;
        }
        return pointer;
    }

    @Override
    public int pointerWithoutLoad(JobFacts job) {
        int pointer = job.floor();
        for (int next = job.curve().next(pointer, job.most());
                next != 0;
                next = job.curve().next(pointer, job.most())) {
            pointer = next;
        }
        return pointer;
    }

    @Override
    public int level(int deepest) {
        return deepest;
    }

    @Override
    public boolean letsStepAside() {
        return true;
    }
}
