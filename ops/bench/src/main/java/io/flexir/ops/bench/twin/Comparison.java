package io.flexir.ops.bench.twin;

import io.flexir.ops.bench.simulate.PolicyResult;

/**
 * What was predicted of a policy and what came.
 *
 * @param calibration of the worker, just before
 * @param load work of all arrivals at full depth over what the worker could do meanwhile
 * @param foretold by the calibration, the mean of several draws of how long each job takes
 * @param predicted by that and one just after: what the simulator says of the machine as it was
 *     while the jobs ran
 * @param replayed with a worker as fast as it was while the jobs ran, by the times between outcomes
 *     of those that waited in line, and each job as slow as its network was: what is left to differ
 *     is queue, grants and deadlines
 * @param observed what came
 * @param pace seconds that the network took by receipts, over what it would have taken for the same
 *     at the speed that was measured before and after
 */
public record Comparison(
        Calibration calibration,
        double load,
        PolicyResult foretold,
        PolicyResult predicted,
        PolicyResult replayed,
        PolicyResult observed,
        double pace) {
    public String policy() {
        return predicted.name();
    }
}
