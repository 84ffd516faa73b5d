package io.flexir.ops.bench.simulate;

import java.util.ArrayList;
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
 * convex bipartite matching). Between two gains where {@code r} is known it is bounded ({@link
 * GainInterval}), and halving intervals brings the bounds together.
 *
 * <p>The duty to keep {@code k} deadlines: for any premium {@code m >= 0} dB on each job that is on
 * time, the optimum with premiums less {@code m k} is an upper bound for whoever keeps at least
 * {@code k} (Lagrange). The least over a few premiums is taken.
 */
public final class Oracle {
    private static final double LEAST_PREMIUM = 1;
    private static final double MOST_PREMIUM = 1024;
    private static final int MOST_LEVELS = 1000;

    /** Decibels a job: so much may the bound be too large for want of levels. */
    private static final double NEAR_DECIBELS = 0.002;

    /** The same of the share of deadlines. */
    private static final double NEAR_SHARE = 0.0005;

    /** Deadlines: more than sums of doubles lose. */
    private static final double ROUNDING = 1e-6;

    private final Workload workload;
    private final List<SimulatedJob> jobs;
    private final FluidFleet fleet;

    private Oracle(Workload workload) {
        this.workload = workload;
        this.jobs = workload.jobs();
        this.fleet = new FluidFleet(jobs, workload.workers());
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
        return new Oracle(workload).deadlines();
    }

    /**
     * Deadlines that can be kept by whoever interrupts and splits jobs at will: all, or hardly
     * fewer. To keep more may be impossible, and of what is impossible there is no bound.
     */
    public static int feasibleDeadlines(Workload workload) {
        Oracle oracle = new Oracle(workload);
        return (int) (oracle.bounds(oracle.floors(), NEAR_SHARE).least() + ROUNDING);
    }

    private PolicyResult result(String name, int kept) {
        Steps all = steps(0);
        double seconds = fleet.done(all, all.count());
        double span = fleet.lastEnd();
        double[] best = jobs.stream().mapToDouble(this::bestAlone).sorted().toArray();
        return new PolicyResult(
                name,
                jobs.size(),
                deadlines() / jobs.size(),
                meanPsnr(kept),
                Tally.percentile(best, 0.05),
                Double.NaN,
                seconds,
                span > 0 ? seconds / (workload.workers() * span) : 0,
                Double.NaN);
    }

    private double deadlines() {
        return Math.min(jobs.size(), bounds(floors(), NEAR_SHARE).most() + ROUNDING);
    }

    /** The bound is convex in the premium: once it hardly falls, it will not fall much more. */
    private double meanPsnr(int kept) {
        double inputs = jobs.stream().mapToDouble(job -> job.curve().inputPsnr()).sum();
        double least = bounds(steps(0), NEAR_DECIBELS).most();
        for (double premium = LEAST_PREMIUM; kept > 0 && premium <= MOST_PREMIUM; premium *= 4) {
            double bound = bounds(steps(premium), NEAR_DECIBELS).most() - premium * kept;
            boolean falls = bound < least - NEAR_DECIBELS * jobs.size();
            least = Math.min(least, bound);
            if (!falls) {
                break;
            }
        }
        return (inputs + least) / jobs.size();
    }

    /** The interval that is least sure is halved, until all are sure enough. */
    private Bounds bounds(Steps steps, double near) {
        double most = steps.count() == 0 ? 0 : steps.gain(0);
        PriorityQueue<GainInterval> intervals = new PriorityQueue<>();
        GainInterval all = new GainInterval(steps, 0, most, fleet.done(steps, steps.count()), 0);
        intervals.add(all);
        double unsure = all.unsure();
        for (int i = 0; i < MOST_LEVELS && unsure > near * jobs.size(); i++) {
            GainInterval widest = intervals.remove();
            double middle = widest.middle();
            double done = fleet.done(steps, steps.above(middle));
            GainInterval lower = widest.below(middle, done);
            GainInterval upper = widest.above(middle, done);
            unsure += lower.unsure() + upper.unsure() - widest.unsure();
            intervals.add(lower);
            intervals.add(upper);
        }
        return new Bounds(
                intervals.stream().mapToDouble(GainInterval::least).sum(),
                intervals.stream().mapToDouble(GainInterval::most).sum());
    }

    /**
     * @param premium dB on each job that is on time
     */
    private Steps steps(double premium) {
        List<Steps.Step> steps = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            steps(i, premium, steps);
        }
        return Steps.of(steps);
    }

    /** Of each job the part that makes it on time, worth the same for each. */
    private Steps floors() {
        List<Steps.Step> steps = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            double seconds = workload.seconds(jobs.get(i), 1);
            if (seconds <= time(jobs.get(i))) {
                steps.add(new Steps.Step(i, seconds, 1 / seconds));
            }
        }
        return Steps.of(steps);
    }

    private void steps(int number, double premium, List<Steps.Step> into) {
        SimulatedJob job = jobs.get(number);
        int pointer = 0;
        double worth = job.curve().inputPsnr();
        double seconds = 0;
        for (int next = steepest(job, premium, pointer, worth, seconds);
                next != 0;
                next = steepest(job, premium, pointer, worth, seconds)) {
            double more = workload.seconds(job, next) - seconds;
            double gain = job.curve().psnr(next) + premium - worth;
            into.add(new Steps.Step(number, more, gain / more));
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

    /** What steps bring together: so much at least, so much at most. */
    private record Bounds(double least, double most) {}
}
