package io.flexir.scheduler.budget;

import java.util.Arrays;

/**
 * What work there is to buy, by what a worker-second of it gains: of the jobs that wait, and of
 * those that came lately and stand for those to come. From it follows the price of a worker-second.
 * Gains are kept in steps of 5%. Not thread-safe.
 */
public final class Demand {
    private static final double STEP = Math.log(1.05);
    private static final double LEAST = 1e-5;
    private static final int BUCKETS = 400;

    /** Time constant of the memory of arrivals. */
    private static final double MEMORY_SECONDS = 60;

    private static final double SOON_SECONDS = 10;

    private static final double LARGEST_WEIGHT = 1e100;

    /** The time that a job without a deadline counts with, or one with a distant one. */
    private static final double LONGEST_WINDOW = 600;

    private static final double SHORTEST_WINDOW = 1;
    private static final double WINDOWS_AHEAD = 3;
    private static final double MAY_BE_LEFT = 0.25;

    private final double[] waiting = new double[BUCKETS];
    private final double[] arrived = new double[BUCKETS];
    private double waitingFloors;
    private double arrivedFloors;
    private double arrivedWindows;
    private double arrivedWork;
    private int jobs;

    /** Arrivals grow instead of fading, and are scaled back now and then. */
    private double weight = 1;

    private double weightAt = Double.NaN;
    private double firstAt = Double.NaN;

    /** A job comes and waits. */
    public void arrived(JobFacts job, ServiceTime service, double nowSeconds) {
        fade(nowSeconds);
        double window = Math.min(LONGEST_WINDOW, job.deadlineSeconds() - nowSeconds);
        double floor = service.seconds(job, job.least());
        double work = floor + each(job, service, arrived, weight);
        arrivedFloors += weight * floor;
        arrivedWork += weight * work;
        arrivedWindows += weight * work * Math.max(0, window);
        waits(job, service);
    }

    /** A job waits that did not come just now. */
    public void waits(JobFacts job, ServiceTime service) {
        jobs++;
        waitingFloors += service.seconds(job, job.least());
        each(job, service, waiting, 1);
    }

    /** A job that waited no longer does. */
    public void left(JobFacts job, ServiceTime service) {
        jobs--;
        waitingFloors -= service.seconds(job, job.least());
        each(job, service, waiting, -1);
        if (jobs == 0) {
            waitingFloors = 0;
            Arrays.fill(waiting, 0);
        }
    }

    /**
     * The gain of the last worker-second that the fleet will get to, in dB: what waits and what is
     * to come within a horizon, largest gain first, against what the fleet does in that time. The
     * horizon is three times as long as jobs have on average; of the last of them some may still
     * wait at its end.
     *
     * @param slots that work
     * @param inFlightSeconds worker-seconds that are promised already
     */
    public double price(double nowSeconds, double slots, double inFlightSeconds) {
        if (!(arrivedWork > 0)) {
            return 0;
        }
        fade(nowSeconds);
        double window = Math.max(SHORTEST_WINDOW, arrivedWindows / arrivedWork);
        double horizon = WINDOWS_AHEAD * window;
        double ahead = (horizon - MAY_BE_LEFT * window) / (weight * observedSeconds(nowSeconds));
        double left = slots * horizon - inFlightSeconds - waitingFloors - ahead * arrivedFloors;
        for (int bucket = BUCKETS - 1; bucket >= 0; bucket--) {
            double work = waiting[bucket] + ahead * arrived[bucket];
            if (work > left) {
                double share = work > 0 ? Math.clamp(left / work, 0, 1) : 0;
                return LEAST * Math.exp(STEP * (bucket + 1 - share));
            }
            left -= work;
        }
        return 0;
    }

    /**
     * Slots that would do all of it at full depth as fast as it comes, and what waits within {@link
     * #SOON_SECONDS}.
     */
    public double slotsWanted(double nowSeconds) {
        double waits = waitingFloors + Arrays.stream(waiting).sum();
        if (!(arrivedWork > 0)) {
            return Math.max(0, waits) / SOON_SECONDS;
        }
        fade(nowSeconds);
        double coming = arrivedWork / (weight * observedSeconds(nowSeconds));
        return coming + Math.max(0, waits) / SOON_SECONDS;
    }

    private double observedSeconds(double nowSeconds) {
        double observed = nowSeconds - firstAt;
        return MEMORY_SECONDS * (1 - Math.exp(-(observed + 1) / MEMORY_SECONDS));
    }

    private void fade(double nowSeconds) {
        if (Double.isNaN(weightAt)) {
            weightAt = nowSeconds;
            firstAt = nowSeconds;
        }
        weight *= Math.exp(Math.max(0, nowSeconds - weightAt) / MEMORY_SECONDS);
        weightAt = Math.max(weightAt, nowSeconds);
        if (weight > LARGEST_WEIGHT) {
            double scale = 1 / weight;
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                arrived[bucket] *= scale;
            }
            arrivedFloors *= scale;
            arrivedWork *= scale;
            arrivedWindows *= scale;
            weight = 1;
        }
    }

    /** Books each step beyond the floor; returns their seconds. */
    private static double each(JobFacts job, ServiceTime service, double[] into, double times) {
        QualityCurve curve = job.curve();
        int pointer = job.least();
        double seconds = service.seconds(job, pointer);
        double total = 0;
        for (int next = curve.next(pointer, job.most());
                next != 0;
                next = curve.next(pointer, job.most())) {
            double deeper = service.seconds(job, next);
            double extra = deeper - seconds;
            into[bucket((curve.psnr(next) - curve.psnr(pointer)) / extra)] += times * extra;
            total += extra;
            pointer = next;
            seconds = deeper;
        }
        return total;
    }

    private static int bucket(double gain) {
        return Math.clamp((int) (Math.log(gain / LEAST) / STEP), 0, BUCKETS - 1);
    }
}
