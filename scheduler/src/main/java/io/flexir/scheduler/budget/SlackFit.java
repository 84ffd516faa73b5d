package io.flexir.scheduler.budget;

import java.time.Instant;

/**
 * The deepest pointer that ends before the job's own deadline: the rule of SlackFit (Khare et al.,
 * SuperServe, 2023) for pointers. A queue shows in it only by the slack that it has cost already.
 */
public record SlackFit() implements Policy {
    @Override
    public int pointer(JobFacts job, Load load, Instant now) {
        double slack = job.deadlineSeconds() - Seconds.of(now);
        int pointer = job.n();
        while (pointer > 1 && load.service().seconds(job, pointer) > slack) {
            pointer--;
        }
        return pointer;
    }

    @Override
    public int pointerWithoutLoad(JobFacts job) {
        return job.n();
    }

    @Override
    public int level(int deepest) {
        return deepest;
    }
}
