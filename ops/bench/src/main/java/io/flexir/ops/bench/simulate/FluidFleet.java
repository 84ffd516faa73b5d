package io.flexir.ops.bench.simulate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much work a fleet could do as one fluid of {@code workers} worker-seconds a second: any job
 * can be split and interrupted, between its arrival and its deadline. Earliest deadline first does
 * the most there can be done. Not thread-safe.
 */
final class FluidFleet {
    private final double workers;
    private final double[] arrivals;

    /** By deadline, of each job by arrival. */
    private final int[] ranks;

    /** By rank. */
    private final double[] deadlines;

    /** Worker-seconds that are still to be done, by rank. */
    private final double[] left;

    private final RankQueue open;
    private double lastEnd;

    FluidFleet(List<SimulatedJob> jobs, double workers) {
        this.workers = workers;
        this.arrivals = jobs.stream().mapToDouble(SimulatedJob::arrival).toArray();
        this.deadlines = jobs.stream().mapToDouble(SimulatedJob::deadline).sorted().toArray();
        this.ranks = ranks(jobs);
        this.left = new double[jobs.size()];
        this.open = new RankQueue(jobs.size());
    }

    private static int[] ranks(List<SimulatedJob> jobs) {
        List<Integer> byDeadline =
                IntStream.range(0, jobs.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(job -> jobs.get(job).deadline()))
                        .toList();
        int[] ranks = new int[jobs.size()];
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[byDeadline.get(rank)] = rank;
        }
        return ranks;
    }

    /** Worker-seconds that can be done of the first {@code count} steps. */
    double done(Steps steps, int count) {
        Arrays.fill(left, 0);
        lastEnd = 0;
        for (int step = 0; step < count; step++) {
            left[ranks[steps.job(step)]] += steps.seconds(step);
        }
        double done = 0;
        double now = 0;
        for (int job = 0; job < arrivals.length; job++) {
            int rank = ranks[job];
            if (left[rank] > 0) {
                done += work(now, arrivals[job]);
                now = arrivals[job];
                open.add(rank);
            }
        }
        return done + work(now, Double.POSITIVE_INFINITY);
    }

    /** When the last work was done that {@link #done} was asked for last. */
    double lastEnd() {
        return lastEnd;
    }

    /** Works from one moment to another; what is past its deadline then is dropped. */
    private double work(double from, double until) {
        double done = 0;
        double now = from;
        while (now < until && !open.isEmpty()) {
            int rank = open.first();
            double deadline = deadlines[rank];
            double end = Math.min(until, deadline);
            double possible = Math.max(0, end - now) * workers;
            double part = Math.min(possible, left[rank]);
            done += part;
            left[rank] -= part;
            lastEnd = part > 0 ? now + part / workers : lastEnd;
            now = part < possible ? now + part / workers : Math.max(now, end);
            if (left[rank] <= 0 || deadline <= now) {
                open.remove(rank);
            }
        }
        return done;
    }
}
