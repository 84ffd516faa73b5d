package io.flexir.ops.bench.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Parts of jobs, those first of which a second brings most. Immutable. */
final class Steps {
    private final int[] jobs;
    private final double[] seconds;
    private final double[] gains;

    /** Seconds of the first 0, 1, ... steps. */
    private final double[] sums;

    private Steps(List<Step> byGain) {
        this.jobs = byGain.stream().mapToInt(Step::job).toArray();
        this.seconds = byGain.stream().mapToDouble(Step::seconds).toArray();
        this.gains = byGain.stream().mapToDouble(Step::gain).toArray();
        this.sums = new double[jobs.length + 1];
        for (int step = 0; step < jobs.length; step++) {
            sums[step + 1] = sums[step] + seconds[step];
        }
    }

    static Steps of(List<Step> steps) {
        List<Step> byGain = new ArrayList<>(steps);
        byGain.sort(Comparator.comparingDouble(Step::gain).reversed());
        return new Steps(byGain);
    }

    int count() {
        return jobs.length;
    }

    int job(int step) {
        return jobs[step];
    }

    double seconds(int step) {
        return seconds[step];
    }

    /** Of each second of a step. */
    double gain(int step) {
        return gains[step];
    }

    /** Of the first so many steps together. */
    double secondsOfFirst(int count) {
        return sums[count];
    }

    /** How many bring more than this a second. */
    int above(double gain) {
        int from = 0;
        int to = gains.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (gains[middle] > gain) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** A part of a job, and what each second of it brings. */
    record Step(int job, double seconds, double gain) {}
}
