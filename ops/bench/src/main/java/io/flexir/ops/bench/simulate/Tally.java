package io.flexir.ops.bench.simulate;

import java.util.Arrays;

/** What became of the jobs of one run. A job that missed its deadline has its input's quality. */
public final class Tally {
    private final double[] psnr;
    private final double[] latencies;
    private int ended;
    private int onTime;
    private double workerSeconds;
    private double lastEnd;
    private long pointers;

    public Tally(int jobs) {
        this.psnr = new double[jobs];
        this.latencies = new double[jobs];
    }

    /**
     * A job has ended.
     *
     * @param pointer that it went to
     * @param end when its outcome was there
     * @param seconds of a slot
     */
    public void ended(SimulatedJob job, int pointer, double end, double seconds) {
        boolean inTime = end <= job.deadline();
        psnr[ended] = inTime ? job.curve().psnr(pointer) : job.curve().inputPsnr();
        latencies[ended] = end - job.arrival();
        onTime += inTime ? 1 : 0;
        workerSeconds += seconds;
        lastEnd = Math.max(lastEnd, end);
        pointers += pointer;
        ended++;
    }

    /** Deadlines that were kept so far. */
    public int onTime() {
        return onTime;
    }

    /** The figures of all jobs, once all have ended. */
    public PolicyResult result(String name, int workers) {
        if (ended != psnr.length) {
            throw new IllegalStateException(ended + " of " + psnr.length + " jobs have ended");
        }
        Arrays.sort(psnr);
        Arrays.sort(latencies);
        return new PolicyResult(
                name,
                ended,
                (double) onTime / ended,
                Arrays.stream(psnr).average().orElseThrow(),
                percentile(psnr, 0.05),
                percentile(latencies, 0.99),
                workerSeconds,
                workerSeconds / (workers * lastEnd),
                (double) pointers / ended);
    }

    /** The smallest value that this share of all does not exceed. */
    static double percentile(double[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }
}
