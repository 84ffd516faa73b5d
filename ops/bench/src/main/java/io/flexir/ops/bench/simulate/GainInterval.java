package io.flexir.ops.bench.simulate;

/**
 * What the work whose last second brings between {@code from} and {@code to} can bring at most and
 * at least: the integral over that range of how much can be done of the steps above a gain. That
 * grows downwards by no more than the steps that come in, which bounds it between two gains where
 * it is known.
 */
final class GainInterval implements Comparable<GainInterval> {
    private final Steps steps;
    private final double from;
    private final double to;
    private final double doneAboveFrom;
    private final double doneAboveTo;
    private final double most;
    private final double least;

    /**
     * @param doneAboveFrom worker-seconds that can be done of the steps with a gain above {@code
     *     from}
     * @param doneAboveTo of those above {@code to}
     */
    GainInterval(Steps steps, double from, double to, double doneAboveFrom, double doneAboveTo) {
        this.steps = steps;
        this.from = from;
        this.to = to;
        this.doneAboveFrom = doneAboveFrom;
        this.doneAboveTo = doneAboveTo;
        int first = steps.above(to);
        int end = steps.above(from);
        double above = steps.secondsOfFirst(first);
        double all = steps.secondsOfFirst(end);
        double mostSum = 0;
        double leastSum = 0;
        double upper = to;
        for (int step = first; step <= end; step++) {
            double lower = step == end ? from : Math.min(to, steps.gain(step));
            double wanted = steps.secondsOfFirst(step);
            mostSum += (upper - lower) * Math.min(doneAboveFrom, doneAboveTo + wanted - above);
            leastSum += (upper - lower) * Math.max(doneAboveTo, doneAboveFrom - (all - wanted));
            upper = lower;
        }
        this.most = mostSum;
        this.least = leastSum;
    }

    GainInterval below(double gain, double doneAbove) {
        return new GainInterval(steps, from, gain, doneAboveFrom, doneAbove);
    }

    GainInterval above(double gain, double doneAbove) {
        return new GainInterval(steps, gain, to, doneAbove, doneAboveTo);
    }

    double most() {
        return most;
    }

    double least() {
        return least;
    }

    double unsure() {
        return most - least;
    }

    /** Gains spread over orders of magnitude. */
    double middle() {
        if (from == 0) {
            return to / 8;
        }
        return to > 4 * from ? Math.sqrt(from * to) : (from + to) / 2;
    }

    @Override
    public int compareTo(GainInterval other) {
        return Double.compare(other.unsure(), unsure());
    }
}
