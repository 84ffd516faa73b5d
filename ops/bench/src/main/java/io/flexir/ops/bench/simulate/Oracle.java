package io.flexir.ops.bench.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * An upper bound on what any policy can reach that keeps a number of deadlines: it knows all jobs
 * beforehand, interrupts and splits them at will, and sells depth by the fraction.
 *
 * <p>The relaxation: the workers are one fluid of {@code workers} worker-seconds a second; a job is
 * steps of the concave envelope of its PSNR over its worker-seconds, beginning with its input's
 * PSNR at none; only pointers that one worker can reach within the job's time count. A step may be
 * done in part, at any time between arrival and deadline.
 *
 * <p>How much of a set of steps can be done, {@code r(S)}, is a maximum flow and so the rank
 * function of a polymatroid, over which taking the steps with most dB a second first is optimal
 * (Edmonds). The optimum is then the integral over all gains {@code g} of {@code r(steps with a
 * gain above g)}, and {@code r} of one set is what earliest deadline first gets done (Glover: a
 * convex bipartite matching). What is left undone of the same steps, {@code u(g)}, never grows with
 * {@code g}: the optimum is all steps' gain less the integral of {@code u}, and taking {@code u} at
 * the upper end of each interval makes that an upper bound, which halving intervals brings nearer.
 *
 * <p>The duty to keep {@code k} deadlines: for any premium {@code m >= 0} dB on each job that is on
 * time, the optimum with premiums less {@code m k} is an upper bound for whoever keeps at least
 * {@code k} (Lagrange). The least over a few premiums is taken.
 */
public final class Oracle {
    private static final double[] PREMIUMS = {0, 1, 4, 16, 64};
    private static final int MOST_LEVELS = 1000;

    /** Decibels a job: so much may the bound be too large for want of levels. */
    private static final double NEAR_DECIBELS = 0.002;

    /** The same of the share of deadlines. */
    private static final double NEAR_SHARE = 0.0005;

    private final Workload workload;
    private final List<SimulatedJob> jobs;

    private Oracle(Workload workload) {
        this.workload = workload;
        this.jobs = workload.jobs();
    }

    /**
     * The bound as if it were a policy.
     *
     * @param kept deadlines that it has to keep
     */
    public static PolicyResult of(String name, Workload workload, int kept) {
        return new Oracle(workload).result(name, kept);
    }

    /**
     * Upper bound on the mean PSNR, in dB.
     *
     * @param kept deadlines that have to be kept
     */
    public static double meanPsnr(Workload workload, int kept) {
        return new Oracle(workload).meanPsnr(kept);
    }

    /** Upper bound on the deadlines that can be kept. */
    public static double deadlines(Workload workload) {
        Oracle oracle = new Oracle(workload);
        return Math.min(workload.jobs().size(), oracle.bound(oracle.floors(), NEAR_SHARE));
    }

    private PolicyResult result(String name, int kept) {
        double seconds = done(steps(0), 0);
        double[] best = jobs.stream().mapToDouble(this::bestAlone).sorted().toArray();
        return new PolicyResult(
                name,
                jobs.size(),
                deadlines(workload) / jobs.size(),
                meanPsnr(kept),
                Tally.percentile(best, 0.05),
                Double.NaN,
                seconds,
                seconds / (workload.workers() * lastDeadline()),
                Double.NaN);
    }

    private double lastDeadline() {
        return jobs.stream().mapToDouble(SimulatedJob::deadline).max().orElse(0);
    }

    private double meanPsnr(int kept) {
        double inputs = jobs.stream().mapToDouble(job -> job.curve().inputPsnr()).sum();
        double least = Double.POSITIVE_INFINITY;
        for (double premium : PREMIUMS) {
            if (premium == 0 || kept > 0) {
                least = Math.min(least, bound(steps(premium), NEAR_DECIBELS) - premium * kept);
            }
        }
        return (inputs + least) / jobs.size();
    }

    /** The interval that the bound is widest in is halved, until there is little left to gain. */
    private double bound(Step[] steps, double near) {
        double most = Arrays.stream(steps).mapToDouble(Step::gain).max().orElse(0);
        double bound = Arrays.stream(steps).mapToDouble(step -> step.gain() * step.seconds()).sum();
        PriorityQueue<Interval> intervals = new PriorityQueue<>();
        Interval all = new Interval(0, most, undone(steps, 0), 0);
        intervals.add(all);
        double width = all.width();
        for (int i = 0; i < MOST_LEVELS && width > near * jobs.size(); i++) {
            Interval widest = intervals.remove();
            double middle = widest.middle();
            double undone = undone(steps, middle);
            Interval lower = new Interval(widest.from(), middle, widest.atFrom(), undone);
            Interval upper = new Interval(middle, widest.to(), undone, widest.atTo());
            width += lower.width() + upper.width() - widest.width();
            intervals.add(lower);
            intervals.add(upper);
        }
        return bound - intervals.stream().mapToDouble(Interval::surelyLost).sum();
    }

    /**
     * Gains between two levels.
     *
     * @param atFrom worker-seconds left undone of the steps above the lower one
     * @param atTo of those above the upper one
     */
    private record Interval(double from, double to, double atFrom, double atTo)
            implements Comparable<Interval> {
        double surelyLost() {
            return (to - from) * atTo;
        }

        /** How much more may be lost. */
        double width() {
            return (to - from) * (atFrom - atTo);
        }

        /** Gains spread over orders of magnitude. */
        double middle() {
            if (from == 0) {
                return to / 8;
            }
            return to > 4 * from ? Math.sqrt(from * to) : (from + to) / 2;
        }

        @Override
        public int compareTo(Interval other) {
            return Double.compare(other.width(), width());
        }
    }

    private double undone(Step[] steps, double level) {
        double all = 0;
        for (Step step : steps) {
            all += step.gain() > level ? step.seconds() : 0;
        }
        return Math.max(0, all - done(steps, level));
    }

    /** Worker-seconds that can be done of the steps whose gain is above a level. */
    private double done(Step[] steps, double level) {
        double[] wanted = new double[jobs.size()];
        for (Step step : steps) {
            if (step.gain() > level) {
                wanted[step.job()] += step.seconds();
            }
        }
        return earliestDeadlineFirst(wanted);
    }

    private double earliestDeadlineFirst(double[] wanted) {
        PriorityQueue<Open> open = new PriorityQueue<>();
        double done = 0;
        double now = 0;
        for (int i = 0; i < wanted.length; i++) {
            double arrival = jobs.get(i).arrival();
            done += work(open, now, arrival);
            now = arrival;
            if (wanted[i] > 0) {
                open.add(new Open(jobs.get(i).deadline(), wanted[i]));
            }
        }
        return done + work(open, now, Double.POSITIVE_INFINITY);
    }

    /** Works from one moment to another; what is past its deadline then is dropped. */
    private double work(PriorityQueue<Open> open, double from, double until) {
        double done = 0;
        double now = from;
        while (!open.isEmpty() && now < until) {
            Open job = open.peek();
            double end = Math.min(until, job.deadline);
            double possible = Math.max(0, end - now) * workload.workers();
            double part = Math.min(possible, job.left);
            done += part;
            job.left -= part;
            now = part < possible ? now + part / workload.workers() : Math.max(now, end);
            if (job.left <= 0 || job.deadline <= now) {
                open.poll();
            }
        }
        return done;
    }

    /**
     * @param premium dB on each job that is on time
     */
    private Step[] steps(double premium) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            steps(i, premium, steps);
        }
        return steps.toArray(Step[]::new);
    }

    /** Of each job the part that makes it on time, worth the same for each. */
    private Step[] floors() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            double seconds = workload.seconds(jobs.get(i), 1);
            if (seconds <= time(jobs.get(i))) {
                steps.add(new Step(i, seconds, 1 / seconds));
            }
        }
        return steps.toArray(Step[]::new);
    }

    private void steps(int number, double premium, List<Step> into) {
        SimulatedJob job = jobs.get(number);
        int pointer = 0;
        double worth = job.curve().inputPsnr();
        double seconds = 0;
        for (int next = steepest(job, premium, pointer, worth, seconds);
                next != 0;
                next = steepest(job, premium, pointer, worth, seconds)) {
            double more = workload.seconds(job, next) - seconds;
            double gain = job.curve().psnr(next) + premium - worth;
            into.add(new Step(number, more, gain / more));
            pointer = next;
            worth += gain;
            seconds += more;
        }
    }

    private int steepest(SimulatedJob job, double premium, int from, double worth, double seconds) {
        int best = 0;
        double most = 0;
        for (int pointer = from + 1; pointer <= job.curve().n(); pointer++) {
            double takes = workload.seconds(job, pointer);
            double gain = (job.curve().psnr(pointer) + premium - worth) / (takes - seconds);
            if (takes <= time(job) && gain > most) {
                best = pointer;
                most = gain;
            }
        }
        return best;
    }

    private double bestAlone(SimulatedJob job) {
        double best = job.curve().inputPsnr();
        for (int pointer = 1; pointer <= job.curve().n(); pointer++) {
            if (workload.seconds(job, pointer) <= time(job)) {
                best = Math.max(best, job.curve().psnr(pointer));
            }
        }
        return best;
    }

    private static double time(SimulatedJob job) {
        return job.deadline() - job.arrival();
    }

    /** A part of a job, and what each second of it brings. */
    private record Step(int job, double seconds, double gain) {}

    private static final class Open implements Comparable<Open> {
        private final double deadline;
        private double left;

        Open(double deadline, double left) {
            this.deadline = deadline;
            this.left = left;
        }

        @Override
        public int compareTo(Open other) {
            return Double.compare(deadline, other.deadline);
        }
    }
}
