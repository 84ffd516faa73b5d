package io.flexir.ops.bench.simulate;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.Policy;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.bundles.BundleCatalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Two tenants of equal weight in one fleet. The steady one asks at an even rate for less than its
 * half. The bursting one asks for little, and then for a minute for several times what the whole
 * fleet can do. What the steady one has beside it, it should have alone.
 */
public final class TwoTenants {
    public static final TenantId STEADY = new TenantId("steady");
    public static final TenantId BURSTING = new TenantId("bursting");

    /** Of the fleet's capacity at full depth. */
    private static final double STEADY_LOAD = 0.3;

    private static final double QUIET_LOAD = 0.1;
    private static final double BURST_LOAD = 4;
    private static final double SECONDS = 600;
    private static final double BURST_FROM = 240;
    private static final double BURST_TO = 300;

    private final BundleCatalog bundles;
    private final List<SimulatedJob> steady;
    private final List<SimulatedJob> bursting;
    private final int workers;
    private final ServiceTime service;

    public TwoTenants(BundleCatalog bundles, int workers, ServiceTime service, long seed) {
        this.bundles = bundles;
        this.workers = workers;
        this.service = service;
        JobMix mix = new JobMix(List.copyOf(bundles.all()));
        double perSecond = perSecondAtFullDepth(mix, seed);
        this.steady = jobs(mix, seed, 0, STEADY_LOAD * perSecond, 0, SECONDS);
        List<SimulatedJob> all = new ArrayList<>();
        all.addAll(jobs(mix, seed + 1, steady.size(), QUIET_LOAD * perSecond, 0, SECONDS));
        all.addAll(
                jobs(
                        mix,
                        seed + 2,
                        steady.size() + all.size(),
                        BURST_LOAD * perSecond,
                        BURST_FROM,
                        BURST_TO));
        this.bursting = List.copyOf(all);
    }

    /** A row for each: the steady one alone, and both together. */
    public List<PolicyResult> results(String name, BudgetPolicy terms, WorkerManner manner) {
        Policy policy = Policy.of(terms);
        PolicyResult alone =
                Simulation.run(workload(steady.stream()), bundles, policy, manner)
                        .result(name + ", steady alone", workers);
        Workload both = workload(Stream.concat(steady.stream(), bursting.stream()));
        Tenancy tenancy =
                new Tenancy(
                        TenantRules.EQUAL, job -> job.number() < steady.size() ? STEADY : BURSTING);
        Map<TenantId, Tally> tallies = Simulation.run(both, bundles, policy, manner, tenancy);
        List<PolicyResult> results = new ArrayList<>();
        results.add(alone);
        List.of(STEADY, BURSTING)
                .forEach(
                        tenant -> {
                            Tally tally = tallies.get(tenant);
                            if (tally != null) {
                                results.add(tally.result(name + ", " + tenant, workers));
                            }
                        });
        return results;
    }

    private Workload workload(Stream<SimulatedJob> jobs) {
        return new Workload(
                jobs.sorted(Comparator.comparingDouble(SimulatedJob::arrival)).toList(),
                workers,
                service);
    }

    /** Arrivals a second whose work at full depth the fleet could just do. */
    private double perSecondAtFullDepth(JobMix mix, long seed) {
        int sample = 2000;
        Trace drawn = Arrivals.POISSON.generate(sample, 1, new SplittableRandom(seed));
        double seconds = Workload.fullDepthSeconds(mix.jobs(drawn, seed), service);
        return workers * sample / seconds;
    }

    private static List<SimulatedJob> jobs(
            JobMix mix, long seed, int firstNumber, double perSecond, double from, double to) {
        int count = (int) Math.max(1, Math.round(perSecond * (to - from)));
        Trace trace = Arrivals.POISSON.generate(count, perSecond, new SplittableRandom(seed));
        return mix.jobs(trace, seed).stream().map(job -> moved(job, firstNumber, from)).toList();
    }

    private static SimulatedJob moved(SimulatedJob job, int firstNumber, double by) {
        return new SimulatedJob(
                firstNumber + job.number(),
                job.arrival() + by,
                job.deadline() + by,
                job.priority(),
                job.model(),
                job.curve(),
                job.pixels(),
                job.slowness());
    }
}
