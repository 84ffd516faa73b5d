package io.flexir.scheduler.budget;

import java.util.Arrays;

/**
 * Work of many jobs: their floors, which have to be done, and the steps beyond, by what a
 * worker-second of them gains, in steps of 15%. Not thread-safe.
 */
final class WorkByGain {
    private static final double STEP = Math.log(1.15);
    private static final double LEAST = 1e-5;
    private static final int BUCKETS = 140;

    private final double[] steps = new double[BUCKETS];
    private double floors;

    /** The least and the greatest bucket that was ever used. */
    private int from = BUCKETS;

    private int to = -1;

    /** Worker-seconds of the floors. */
    double floors() {
        return floors;
    }

    /** Worker-seconds of everything. */
    double all() {
        return floors + Arrays.stream(steps).sum();
    }

    void add(JobFacts job, ServiceTime service, double times) {
        QualityCurve curve = job.curve();
        int pointer = job.least();
        double seconds = service.seconds(job, pointer);
        floors += times * seconds;
        for (int next = curve.next(pointer, job.most());
                next != 0;
                next = curve.next(pointer, job.most())) {
            double deeper = service.seconds(job, next);
            double more = deeper - seconds;
            int bucket = bucket((curve.psnr(next) - curve.psnr(pointer)) / more);
            steps[bucket] += times * more;
            from = Math.min(from, bucket);
            to = Math.max(to, bucket);
            pointer = next;
            seconds = deeper;
        }
    }

    void add(WorkByGain other, double times) {
        floors += times * other.floors;
        for (int bucket = other.from; bucket <= other.to; bucket++) {
            steps[bucket] += times * other.steps[bucket];
        }
        from = Math.min(from, other.from);
        to = Math.max(to, other.to);
    }

    void scale(double times) {
        floors *= times;
        for (int bucket = from; bucket <= to; bucket++) {
            steps[bucket] *= times;
        }
    }

    void clear() {
        floors = 0;
        Arrays.fill(steps, 0);
        from = BUCKETS;
        to = -1;
    }

    /**
     * What the last worker-second gains, in dB, when the floors are done and then those steps that
     * gain most; 0 when all of it can be done.
     */
    double lastGain(double workerSeconds) {
        double left = workerSeconds - floors;
        for (int bucket = to; bucket >= from; bucket--) {
            double work = steps[bucket];
            if (work > left) {
                double share = work > 0 ? Math.clamp(left / work, 0, 1) : 0;
                return LEAST * Math.exp(STEP * (bucket + 1 - share));
            }
            left -= work;
        }
        return 0;
    }

    private static int bucket(double gain) {
        return Math.clamp((int) (Math.log(gain / LEAST) / STEP), 0, BUCKETS - 1);
    }
}
