package io.flexir.ops.bench.twin;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.ops.bench.simulate.JobMix;
import io.flexir.ops.bench.simulate.NamedPolicy;
import io.flexir.ops.bench.simulate.PolicyResult;
import io.flexir.ops.bench.simulate.SimulatedJob;
import io.flexir.ops.bench.simulate.Simulation;
import io.flexir.ops.bench.simulate.Tally;
import io.flexir.ops.bench.simulate.Trace;
import io.flexir.ops.bench.simulate.WorkerManner;
import io.flexir.ops.bench.simulate.Workload;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;
import io.flexir.scheduler.budget.Policy;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Holds the simulator against a real fleet of one worker: measures the worker, chooses a pace at
 * which full depth keeps some deadlines and misses others, and plays the same arrivals to both.
 */
public final class Twin {
    /**
     * Of the mean job's time at full depth: more than {@link JobMix} has, for there is one worker.
     */
    private static final double PATIENCE_PER_SECOND = 1;

    /** The scheduler's own default. */
    private static final double ORDERS_PER_SLOT = 2;

    /**
     * A worker keeps 50 ms of each deadline back for the receipt, the report and the scheduler,
     * which take some 30 while others are about.
     */
    private static final double KEPT_BACK_SECONDS = 0.02;

    private static final double LEAST_SLOWNESS = 0.5;
    private static final int GRID = 16;
    private static final int LEAST_SIDE = 64;
    private static final int MOST_SIDE = 576;
    private static final int HALVINGS = 16;
    private static final int DRAWS = 10;
    private static final double LEAST_LOAD = 0.05;
    private static final double MOST_LOAD = 20;

    private final FleetClient client;
    private final BundleCatalog bundles;
    private final Bundle bundle;
    private final TwinPlan plan;
    private final TwinFleet fleet;

    /**
     * @param client a scheduler with one worker that does nothing else; stays the caller's to close
     * @param bundle that jobs are done with
     */
    public Twin(FleetClient client, BundleCatalog bundles, Bundle bundle, TwinPlan plan) {
        this.client = client;
        this.bundles = bundles;
        this.bundle = bundle;
        this.plan = plan;
        this.fleet = new TwinFleet(client, bundle, plan.samples());
    }

    /** Has the JVM compile what will be measured. */
    public void warmUp() {
        fleet.warmUp(sides());
    }

    /**
     * Measures the worker, plays the arrivals to both, and measures it again; blocks until all jobs
     * have ended.
     */
    public Comparison compare(NamedPolicy policy) {
        Calibration calibration = fleet.calibrate(sides());
        Side simulated = new Side(calibration);
        double load = simulated.loadFor(plan.attainment());
        Workload workload = simulated.workload(load);
        BudgetPolicy terms = policy.terms().orElseThrow();
        client.changePolicy(terms);
        List<Job> ended = fleet.play(workload.jobs());
        Calibration meanwhile = Calibration.between(calibration, fleet.calibrate(sides()));
        return new Comparison(
                calibration,
                load,
                predicted(policy.name(), terms, workload, calibration),
                predicted(policy.name(), terms, workload, meanwhile),
                replayed(policy.name(), terms, workload, meanwhile, ended),
                observed(policy.name(), workload.jobs(), ended),
                meanwhile.pace(TwinFleet.inference(ended)));
    }

    /** The mean of some draws of how much longer each job takes. */
    private PolicyResult predicted(
            String name, BudgetPolicy terms, Workload arrivals, Calibration worker) {
        return PolicyResult.mean(
                new SplittableRandom(plan.seed())
                        .splits(DRAWS)
                        .map(
                                random ->
                                        play(
                                                name,
                                                terms,
                                                spread(arrivals.jobs(), worker.spread(), random),
                                                worker))
                        .toList());
    }

    /** With each job as slow as it was. */
    private PolicyResult replayed(
            String name,
            BudgetPolicy terms,
            Workload arrivals,
            Calibration worker,
            List<Job> ended) {
        List<Calibration.Sample> networks = TwinFleet.inference(ended);
        double pace = worker.pace(networks);
        Calibration lived = worker.lived(TwinFleet.waited(ended), pace);
        List<Double> slowness = lived.slowness(networks, pace);
        List<SimulatedJob> jobs = new ArrayList<>();
        for (int i = 0; i < slowness.size(); i++) {
            jobs.add(slower(arrivals.jobs().get(i), slowness.get(i)));
        }
        return play(name, terms, jobs, lived);
    }

    private PolicyResult play(
            String name, BudgetPolicy terms, List<SimulatedJob> jobs, Calibration worker) {
        WorkerManner manner =
                new WorkerManner(true, ORDERS_PER_SLOT, worker.reportSeconds(), KEPT_BACK_SECONDS);
        Workload workload = new Workload(jobs, 1, worker.service());
        return Simulation.run(workload, bundles, Policy.of(terms), manner).result(name, 1);
    }

    /** A small, a middle and a large image. */
    private List<Integer> sides() {
        List<Integer> sides = jobs(plan.trace(), 1).stream().map(Twin::side).sorted().toList();
        int count = sides.size();
        return Stream.of(count / 10, count / 2, count - 1 - count / 10)
                .map(sides::get)
                .distinct()
                .toList();
    }

    private static PolicyResult observed(String name, List<SimulatedJob> jobs, List<Job> ended) {
        Tally tally = new Tally(jobs.size());
        for (int i = 0; i < jobs.size(); i++) {
            SimulatedJob job = jobs.get(i);
            Job real = ended.get(i);
            double took = TwinFleet.seconds(real.createdAt(), TwinFleet.finishedAt(real));
            tally.ended(job, pointer(real), job.arrival() + took, TwinFleet.receiptSeconds(real));
        }
        return tally.result(name, 1);
    }

    private static int pointer(Job job) {
        return (int) Math.round(Objects.requireNonNull(job.receipt()).meanPointer());
    }

    /** Jobs as images can be cut for them. */
    private List<SimulatedJob> jobs(Trace trace, double patience) {
        return new JobMix(List.of(bundle), plan.meanPixels(), patience, 0)
                .jobs(trace, plan.seed()).stream().map(Twin::cut).toList();
    }

    private static SimulatedJob cut(SimulatedJob job) {
        double side = GRID * Math.round(Math.sqrt(job.pixels()) / GRID);
        double clamped = Math.clamp(side, LEAST_SIDE, MOST_SIDE);
        return new SimulatedJob(
                job.number(),
                job.arrival(),
                job.deadline(),
                job.priority(),
                job.model(),
                job.curve(),
                clamped * clamped,
                job.slowness());
    }

    /** The same jobs, each of which takes as much more or less as was measured. */
    private static List<SimulatedJob> spread(
            List<SimulatedJob> jobs, double spread, RandomGenerator random) {
        return jobs.stream().map(job -> slower(job, random.nextGaussian(1, spread))).toList();
    }

    private static SimulatedJob slower(SimulatedJob job, double times) {
        return job.slower(Math.max(LEAST_SLOWNESS, times));
    }

    private static int side(SimulatedJob job) {
        return (int) Math.round(Math.sqrt(job.pixels()));
    }

    /** The simulated side, with a worker as it was measured. */
    private final class Side {
        private final Calibration calibration;
        private final double patience;

        Side(Calibration calibration) {
            this.calibration = calibration;
            List<SimulatedJob> jobs = jobs(plan.trace(), 1);
            this.patience =
                    PATIENCE_PER_SECOND
                            * Workload.fullDepthSeconds(jobs, calibration.service())
                            / jobs.size();
        }

        Workload workload(double load) {
            double work =
                    Workload.fullDepthSeconds(jobs(plan.trace(), patience), calibration.service());
            Trace paced = plan.trace().stretched(work / load / plan.trace().span());
            return new Workload(jobs(paced, patience), 1, calibration.service());
        }

        /** Attainment falls with load. */
        double loadFor(double attainment) {
            BudgetPolicy deepest = new BudgetPolicy.Fixed(Depth.MAX_POINTER);
            double low = LEAST_LOAD;
            double high = MOST_LOAD;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = Math.sqrt(low * high);
                double kept = predicted("", deepest, workload(middle), calibration).attainment();
                low = kept > attainment ? middle : low;
                high = kept > attainment ? high : middle;
            }
            return low;
        }
    }
}
