package io.flexir.ops.bench.simulate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a policy made of a workload.
 *
 * @param jobs of the workload
 * @param attainment share of all jobs that met their deadline
 * @param meanPsnr in dB, where a job that missed has its input's
 * @param p5Psnr 5th percentile of the same
 * @param p99Seconds 99th percentile of latency; NaN for a bound, which says nothing of it
 * @param workerSeconds that slots worked
 * @param utilization of all slots from the first arrival to the last end
 * @param meanPointer NaN for a bound
 */
public record PolicyResult(
        String name,
        int jobs,
        double attainment,
        double meanPsnr,
        double p5Psnr,
        double p99Seconds,
        double workerSeconds,
        double utilization,
        double meanPointer) {
    /** The mean of several runs of one policy. */
    public static PolicyResult mean(List<PolicyResult> runs) {
        PolicyResult any = runs.getFirst();
        return new PolicyResult(
                any.name,
                any.jobs,
                mean(runs, PolicyResult::attainment),
                mean(runs, PolicyResult::meanPsnr),
                mean(runs, PolicyResult::p5Psnr),
                mean(runs, PolicyResult::p99Seconds),
                mean(runs, PolicyResult::workerSeconds),
                mean(runs, PolicyResult::utilization),
                mean(runs, PolicyResult::meanPointer));
    }

    private static double mean(List<PolicyResult> runs, ToDoubleFunction<PolicyResult> figure) {
        return runs.stream().mapToDouble(figure).average().orElseThrow();
    }

    /**
     * What the seconds cost that slots worked.
     *
     * @param hourCost what an hour of a worker costs
     */
    public double cost(double hourCost) {
        return workerSeconds / 3600 * hourCost;
    }
}
