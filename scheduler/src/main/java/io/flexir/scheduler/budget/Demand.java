package io.flexir.scheduler.budget;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What work there is to buy, and the price of a worker-second that follows from it, in dB.
 *
 * <p>Any moment to come asks for a least price: at which all that is due until then, of what waits
 * and of what is expected to come, is just done by then, largest gain first. It also sets a highest
 * one: at which all that is there until then, whenever it is due, just keeps the fleet busy; at a
 * higher one it would idle. The price is the highest that is asked for before a moment forbids it,
 * so that the same is paid for as long as can be (what a string does that is drawn tight between
 * the two).
 *
 * <p>Not thread-safe.
 */
public final class Demand {
    /** The time that a job without a deadline counts with, or one with a distant one. */
    private static final double LONGEST_WINDOW = 600;

    private static final double SHORTEST_WINDOW = 0.25;
    private static final int WINDOWS = 24;

    /** Jobs are planned to be done in this share of their time: the rest is for the unexpected. */
    private static final double PLANNED_SHARE = 0.75;

    /** What is sooner is left to the slack of those that wait. */
    private static final double FIRST_HORIZON = 20;

    private static final double NEXT_HORIZON = 1.3;
    private static final double LAST_HORIZON = 900;

    /** Deadlines are kept to a sixteenth to an eighth of the time to them. */
    private static final double BINS_A_WINDOW = 8;

    private static final double SOON_SECONDS = 10;

    /** A price is good for so long, and until so much of what waits is other work. */
    private static final double FRESH_SECONDS = 0.02;

    private static final double FRESH_SHARE = 0.01;
    private static final int FRESH_CHANGES = 50;

    private final TreeMap<Double, Due> waiting = new TreeMap<>();
    private final WorkByGain allWaiting = new WorkByGain();
    private final @Nullable ArrivalHistory[] arrivals = new ArrivalHistory[WINDOWS];
    private final WorkByGain due = new WorkByGain();
    private final WorkByGain there = new WorkByGain();
    private int jobs;
    private double price;
    private double pricedAt = Double.NaN;
    private int changes;

    /**
     * A job comes and waits.
     *
     * @return when it counts as due, which {@link #left} asks for
     */
    public double arrived(JobFacts job, ServiceTime service, double nowSeconds) {
        int window = window(seconds(job, nowSeconds));
        ArrivalHistory history = arrivals[window];
        if (history == null) {
            history = new ArrivalHistory();
            arrivals[window] = history;
        }
        history.arrived(job, service, nowSeconds);
        return waits(job, service, nowSeconds);
    }

    /**
     * A job waits that did not come just now.
     *
     * @return when it counts as due, which {@link #left} asks for
     */
    public double waits(JobFacts job, ServiceTime service, double nowSeconds) {
        double seconds = seconds(job, nowSeconds);
        double width = Math.scalb(1.0, Math.getExponent(seconds / BINS_A_WINDOW));
        double dueAt = Math.ceil((nowSeconds + seconds) / width) * width;
        Due bin = waiting.computeIfAbsent(dueAt, ignored -> new Due());
        bin.work.add(job, service, 1);
        bin.jobs++;
        allWaiting.add(job, service, 1);
        jobs++;
        changes++;
        return dueAt;
    }

    /** A job that waited no longer does. */
    public void left(JobFacts job, ServiceTime service, double dueAt) {
        Due bin = waiting.get(dueAt);
        if (bin == null) {
            throw new IllegalArgumentException("No job that waits is due at " + dueAt);
        }
        bin.work.add(job, service, -1);
        bin.jobs--;
        allWaiting.add(job, service, -1);
        jobs--;
        changes++;
        if (bin.jobs == 0) {
            waiting.remove(dueAt);
        }
        if (jobs == 0) {
            allWaiting.clear();
        }
    }

    /**
     * What a worker-second is worth.
     *
     * @param slots that work
     * @param busySlots of them
     * @param inFlightSeconds worker-seconds that are promised already, by all of those together
     */
    public double price(double nowSeconds, double slots, double busySlots, double inFlightSeconds) {
        boolean fresh =
                Math.abs(nowSeconds - pricedAt) < FRESH_SECONDS
                        && changes <= Math.max(FRESH_CHANGES, FRESH_SHARE * jobs);
        if (!fresh) {
            price = priceNow(nowSeconds, slots, busySlots, inFlightSeconds);
            pricedAt = nowSeconds;
            changes = 0;
        }
        return price;
    }

    /**
     * Slots that would do all of it at full depth as fast as it comes, and what waits within {@link
     * #SOON_SECONDS}.
     */
    public double slotsWanted(double nowSeconds) {
        passUntil(nowSeconds);
        double coming =
                Arrays.stream(arrivals)
                        .filter(Objects::nonNull)
                        .mapToDouble(ArrivalHistory::workPerSecond)
                        .sum();
        return coming + Math.max(0, allWaiting.all()) / SOON_SECONDS;
    }

    private void passUntil(double nowSeconds) {
        for (ArrivalHistory history : arrivals) {
            if (history != null) {
                history.passUntil(nowSeconds);
            }
        }
    }

    private double priceNow(
            double nowSeconds, double slots, double busySlots, double inFlightSeconds) {
        passUntil(nowSeconds);
        due.clear();
        there.clear();
        there.add(allWaiting, 1);
        double asked = 0;
        double allowed = Double.POSITIVE_INFINITY;
        double before = Double.NEGATIVE_INFINITY;
        for (double horizon = FIRST_HORIZON;
                horizon <= LAST_HORIZON && asked < allowed;
                horizon *= NEXT_HORIZON) {
            count(nowSeconds, before, horizon);
            double left = slots * horizon - busy(horizon, busySlots, inFlightSeconds);
            allowed = Math.min(allowed, there.lastGain(left));
            asked = Math.max(asked, Math.min(allowed, due.lastGain(left)));
            before = horizon;
        }
        return asked;
    }

    /** Adds what becomes due between two moments from now, and what comes. */
    private void count(double nowSeconds, double after, double until) {
        for (Map.Entry<Double, Due> bin :
                waiting.subMap(
                                nowSeconds + after / PLANNED_SHARE,
                                false,
                                nowSeconds + until / PLANNED_SHARE,
                                true)
                        .entrySet()) {
            due.add(bin.getValue().work, 1);
        }
        for (int window = 0; window < WINDOWS; window++) {
            ArrivalHistory history = arrivals[window];
            if (history == null) {
                continue;
            }
            double planned = PLANNED_SHARE * seconds(window);
            if (until > planned) {
                history.expect(Math.max(0, after - planned), until - planned, due);
            }
            history.expect(Math.max(0, after), until, there);
        }
    }

    /** Worker-seconds of what is in flight that are done within a time, as if it had no memory. */
    private static double busy(double horizon, double busySlots, double inFlightSeconds) {
        return inFlightSeconds > 0
                ? inFlightSeconds * -Math.expm1(-horizon * busySlots / inFlightSeconds)
                : 0;
    }

    private static double seconds(JobFacts job, double nowSeconds) {
        return Math.clamp(job.deadlineSeconds() - nowSeconds, SHORTEST_WINDOW, LONGEST_WINDOW);
    }

    /** Two to an octave. */
    private static int window(double seconds) {
        return (int) Math.round(2 * Math.log(seconds / SHORTEST_WINDOW) / Math.log(2));
    }

    private static double seconds(int window) {
        return SHORTEST_WINDOW * Math.pow(2, window / 2.0);
    }

    private static final class Due {
        final WorkByGain work = new WorkByGain();
        int jobs;
    }
}
