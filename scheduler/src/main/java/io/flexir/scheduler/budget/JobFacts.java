package io.flexir.scheduler.budget;

import io.flexir.contracts.request.Depth;

/**
 * What a grant depends on, of one job.
 *
 * @param depth what was asked for
 * @param floor smallest pointer that the client accepts
 * @param n the model's largest pointer
 */
public record JobFacts(Depth depth, int floor, int n) {
    public JobFacts {
        if (n < 1 || floor < 1 || floor > n) {
            throw new IllegalArgumentException("1 <= floor <= n must hold, is " + floor + ", " + n);
        }
    }
}
