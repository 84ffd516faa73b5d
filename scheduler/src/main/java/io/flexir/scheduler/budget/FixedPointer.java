package io.flexir.scheduler.budget;

import java.time.Instant;

/** Every job runs to the same pointer, whatever the load. */
public record FixedPointer(int pointer) implements Policy {
    @Override
    public int pointer(JobFacts job, Load load, Instant now) {
        return pointerWithoutLoad(job);
    }

    @Override
    public int pointerWithoutLoad(JobFacts job) {
        return Math.min(pointer, job.n());
    }

    @Override
    public int level(int deepest) {
        return Math.min(pointer, deepest);
    }
}
