package io.flexir.ops.bench.simulate;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.Load;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.Policy;
import io.flexir.scheduler.budget.TenantPolicies;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.dispatch.CreditBook;
import io.flexir.scheduler.dispatch.WaitingIndex;
import io.flexir.scheduler.load.Backlog;
import io.flexir.scheduler.load.LoadModel;
import io.flexir.scheduler.load.ReceiptWindow;
import io.flexir.scheduler.load.WaitingWork;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * One policy over virtual time: the scheduler's own queue, credit, load model and policy, with
 * workers that take as long as the workload says.
 */
public final class Simulation {
    private static final Instant START = Instant.ofEpochSecond(0);
    private static final String TASK = "simulated";
    private static final String POOL = SimulatedFleet.POOL;
    private static final ObjectReference INPUT = ObjectReference.latest("simulated", "input");

    /** Whoever looks for so long while nothing happens has seen it. */
    private static final double LONGEST_LOOK = 120;

    private final Workload workload;
    private final WorkerManner workers;
    private final int deepest;
    private final Tenancy tenancy;
    private final WaitingIndex waiting;
    private final CreditBook credit = new CreditBook(1);
    private final SimulatedFleet fleet;
    private final LoadModel model;
    private final Backlog backlog;
    private final Map<JobId, Queued> queued = new HashMap<>();
    private final Deque<Ordered> inLine = new ArrayDeque<>();
    private final PriorityQueue<Running> running =
            new PriorityQueue<>(Comparator.comparingDouble(Running::end));
    private final Map<TenantId, Tally> tallies = new LinkedHashMap<>();
    private final boolean letsStepAside;
    private final TenantPolicies policies;
    private final int poolCredit;
    private double nextLook;

    private Simulation(
            Workload workload,
            BundleCatalog bundles,
            Policy policy,
            WorkerManner workers,
            Tenancy tenancy) {
        this.workload = workload;
        this.policies = new TenantPolicies(policy);
        this.letsStepAside = policy.letsStepAside();
        this.tenancy = tenancy;
        this.waiting = new WaitingIndex(tenancy.rules());
        this.workers = workers;
        this.deepest = bundles.deepest();
        this.fleet = new SimulatedFleet(workload.workers(), workload.service().gigaMacsPerSecond());
        this.model = new LoadModel(fleet.heard(), new ReceiptWindow(), bundles, tenancy.rules(), 1);
        this.backlog = model.open(TASK);
        tenancy.jobsByTenant(workload)
                .forEach((tenant, jobs) -> tallies.put(tenant, new Tally(jobs)));
        this.poolCredit = workers.orders(workload.workers());
        credit.open(TASK);
    }

    /** What becomes of the jobs if they are all one tenant's. */
    public static Tally run(
            Workload workload, BundleCatalog bundles, Policy policy, WorkerManner workers) {
        return run(workload, bundles, policy, workers, Tenancy.ONE).values().iterator().next();
    }

    /** The same for several tenants, by each. */
    public static Map<TenantId, Tally> run(
            Workload workload,
            BundleCatalog bundles,
            Policy policy,
            WorkerManner workers,
            Tenancy tenancy) {
        Simulation simulation = new Simulation(workload, bundles, policy, workers, tenancy);
        simulation.run();
        return simulation.tallies;
    }

    private void run() {
        for (SimulatedJob job : workload.jobs()) {
            endUntil(job.arrival());
            lookUntil(job.arrival());
            arrive(job, at(job.arrival()));
            dispatch(job.arrival());
        }
        endUntil(Double.POSITIVE_INFINITY);
    }

    private void endUntil(double seconds) {
        while (!running.isEmpty() && running.peek().end() <= seconds) {
            Running ended = running.poll();
            lookUntil(ended.end());
            fleet.done(ended.gigaMacs(), ended.seconds());
            work(ended.end());
            credit.givenBack(TASK, POOL);
            model.work(ended.tenant()).ended(ended.id(), at(ended.end()));
            dispatch(ended.end());
        }
    }

    /** What a scheduler does every second, whatever happens. */
    private void lookUntil(double seconds) {
        nextLook = Math.max(nextLook, Math.ceil(seconds - LONGEST_LOOK));
        for (; nextLook <= seconds; nextLook++) {
            fleet.beat();
            see(at(nextLook));
        }
    }

    private void see(Instant now) {
        policies.see(model.byTenant(now), now);
    }

    private void arrive(SimulatedJob job, Instant now) {
        RestorationRequest request = request(job, now);
        JobFacts facts = job.facts();
        OrderKey key = OrderKey.of(request);
        queued.put(request.jobId(), new Queued(job, request, facts));
        waiting.add(request);
        backlog.add(request);
        model.work(request.tenant()).arrived(key, facts, workload.service(), now);
    }

    private void dispatch(double seconds) {
        if (waiting.size() == 0) {
            return;
        }
        Instant now = at(seconds);
        see(now);
        while (credit.free(POOL, poolCredit) > 0) {
            Optional<OrderKey> best =
                    letsStepAside ? waiting.best(model::work, now) : waiting.best();
            if (best.isEmpty()) {
                return;
            }
            order(best.get(), now);
            work(seconds);
        }
    }

    private void order(OrderKey key, Instant now) {
        Queued next = queued.remove(key.jobId());
        if (next == null) {
            throw new IllegalStateException("Job " + key.jobId() + " waits, and was never queued");
        }
        TenantId tenant = next.request().tenant();
        WaitingWork work = model.work(tenant);
        Load load = work.load(key, workload.service(), deepest, now);
        PointerBudget budget = policies.of(tenant).grant(next.facts(), load, now).budget();
        double expected = workload.service().seconds(next.facts(), budget.target());
        waiting.granted(tenant, expected);
        waiting.remove(next.request());
        backlog.remove(next.request());
        work.left(key.jobId());
        credit.taken(TASK, POOL);
        work.ordered(key.jobId(), expected, now);
        inLine.add(new Ordered(key.jobId(), tenant, next.job(), budget));
    }

    /** Free slots take the orders that are first in line. */
    private void work(double seconds) {
        while (running.size() < workload.workers() && !inLine.isEmpty()) {
            Ordered next = inLine.remove();
            int pointer = workers.pointer(workload, next.job(), next.budget(), seconds);
            double takes = workload.seconds(next.job(), pointer);
            double gigaMacs = next.job().facts().gigaMacs(pointer);
            running.add(new Running(next.id(), next.tenant(), seconds + takes, gigaMacs, takes));
            double outcome = seconds + takes + workers.reportSeconds();
            tallyOf(next.tenant()).ended(next.job(), pointer, outcome, takes);
        }
    }

    private Tally tallyOf(TenantId tenant) {
        return Objects.requireNonNull(tallies.get(tenant));
    }

    private RestorationRequest request(SimulatedJob job, Instant now) {
        return new RestorationRequest(
                new JobId("j" + job.number()),
                tenancy.tenantOf(job),
                INPUT,
                job.model(),
                new Depth.Automatic(),
                new Terms(job.priority(), at(job.deadline()), 1, OnMiss.DEGRADE),
                OutputFormat.PNG,
                size(job.pixels()),
                null,
                now);
    }

    private static ImageSize size(double pixels) {
        int side = (int) Math.max(1, Math.round(Math.sqrt(pixels)));
        return new ImageSize(side, side);
    }

    private static Instant at(double seconds) {
        return START.plusNanos(Math.round(seconds * 1e9));
    }

    private record Queued(SimulatedJob job, RestorationRequest request, JobFacts facts) {}

    private record Ordered(JobId id, TenantId tenant, SimulatedJob job, PointerBudget budget) {}

    private record Running(
            JobId id, TenantId tenant, double end, double gigaMacs, double seconds) {}
}
