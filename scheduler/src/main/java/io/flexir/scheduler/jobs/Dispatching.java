package io.flexir.scheduler.jobs;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.job.Trial;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Failure.Reason;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.Rejection;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.Load;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.dispatch.CreditBook;
import io.flexir.scheduler.dispatch.ExperimentBook.Assigned;
import io.flexir.scheduler.dispatch.PolicyBook.Decision;
import io.flexir.scheduler.dispatch.WaitingIndex;
import io.flexir.scheduler.load.FleetView;
import io.flexir.scheduler.load.LoadModel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sends the best queued jobs out, as long as there is credit. */
final class Dispatching {
    private final String task;
    private final Instance instance;
    private final Desk desk;
    private final WaitingIndex waiting;

    Dispatching(String task, Instance instance, Desk desk, WaitingIndex waiting) {
        this.task = task;
        this.instance = instance;
        this.desk = desk;
        this.waiting = waiting;
    }

    /** Returns whether anything was sent or ended. */
    boolean dispatch() {
        boolean any = endExpired();
        if (waiting.size() == 0) {
            return any;
        }
        Instant now = desk.now();
        FleetView fleet = instance.fleet().at(now);
        instance.policy().see(instance.load().at(now), instance.load().byTenant(now), now);
        instance.experiments().see(instance.load().byTenant(now), now);
        for (Optional<OrderKey> best = best(now); best.isPresent(); best = best(now)) {
            // The others wait for what this task would send next, not for what has stepped aside.
            instance.credit().best(task, best.get());
            Optional<String> pool = poolFor(best.get(), fleet);
            if (pool.isEmpty()) {
                return any;
            }
            send(best.get().jobId(), pool.get());
            any = true;
        }
        instance.credit().best(task, null);
        return any;
    }

    private Optional<OrderKey> best(Instant now) {
        return instance.policy().letsStepAside()
                ? waiting.best(instance.load()::work, now)
                : waiting.best();
    }

    /** No pixels are spent on a job that would rather fail than be late, and is late. */
    private boolean endExpired() {
        boolean any = false;
        Instant now = desk.now();
        for (Optional<JobId> expired = waiting.expiredBy(now);
                expired.isPresent();
                expired = waiting.expiredBy(now)) {
            Job.Queued job = queued(expired.get());
            desk.end(
                    job,
                    Settlement.failed(
                            job,
                            new Failure(Reason.DEADLINE, "The deadline passed while it waited"),
                            now));
            any = true;
        }
        return any;
    }

    private void send(JobId id, String pool) {
        Job.Queued job = queued(id);
        // Whoever admitted it may have known other models.
        Optional<Rejection> refusal =
                Admission.refusal(id, job.request(), instance.bundles(), instance.rules().inputs());
        if (refusal.isPresent()) {
            desk.end(job, Settlement.rejected(job, refusal.get(), desk.now()));
            return;
        }
        List<Bundle> bundles = Admission.offered(job.request(), instance.bundles());
        Assigned assigned =
                instance.experiments()
                        .assigned(job.request(), variant -> Way.canFollow(variant, bundles))
                        .orElse(null);
        List<Offer> offers =
                bundles.stream()
                        .map(bundle -> offer(job.request(), bundle, assigned))
                        .sorted(Offer.DEAREST_FIRST)
                        .toList();
        waiting.granted(job.request().tenant(), offers.getFirst().seconds());
        if (job.attempt() == 0) {
            instance.retries().firstOrder(desk.now());
        }
        desk.order(job, offers, way(job.request(), bundles, offers.getFirst(), assigned), pool);
    }

    /** A variant that says nothing of the inference leaves it as it would have been. */
    private Way way(
            RestorationRequest request,
            List<Bundle> bundles,
            Offer dearest,
            @Nullable Assigned assigned) {
        Variant winner = instance.experiments().winner(request).orElse(null);
        Inference usual = Way.inference(request, winner, bundles);
        if (assigned == null) {
            return new Way(usual, null);
        }
        Variant variant = assigned.variant();
        BudgetPolicy policy = variant.policy();
        if (variant.shadow() && policy != null) {
            return new Way(usual, shadow(request, dearest.bundle(), assigned, policy));
        }
        Trial live = new Trial(assigned.experiment(), variant.name(), null, null);
        return new Way(
                variant.threshold() == null ? usual : Way.inference(request, variant, bundles),
                live);
    }

    /** What a shadow's policy would have granted, and what that would really have cost. */
    private Trial shadow(
            RestorationRequest request, Bundle bundle, Assigned assigned, BudgetPolicy policy) {
        Instant now = desk.now();
        JobFacts facts = facts(request, bundle);
        int pointer =
                instance.experiments()
                        .grant(
                                policy,
                                instance.load().place(request.tenant()),
                                facts,
                                load(request, bundle),
                                now)
                        .budget()
                        .target();
        return new Trial(
                assigned.experiment(),
                assigned.variant().name(),
                pointer,
                instance.load().overhead(now) * facts.gigaMacs(pointer));
    }

    private Offer offer(RestorationRequest request, Bundle bundle, @Nullable Assigned assigned) {
        Instant now = desk.now();
        JobFacts facts = facts(request, bundle);
        Load load = load(request, bundle);
        BudgetPolicy tried =
                assigned == null || assigned.variant().shadow()
                        ? null
                        : assigned.variant().policy();
        TenantId place = instance.load().place(request.tenant());
        Decision decision =
                assigned == null || tried == null
                        ? instance.policy().grant(place, facts, load, now)
                        : new Decision(
                                instance.experiments().grant(tried, place, facts, load, now),
                                assigned.version());
        int target = decision.grant().budget().target();
        return new Offer(bundle, decision, load.service().seconds(facts, target));
    }

    private JobFacts facts(RestorationRequest request, Bundle bundle) {
        return instance.facts().of(request, bundle, instance.load().meanPixels(desk.now()));
    }

    private Load load(RestorationRequest request, Bundle bundle) {
        Instant now = desk.now();
        LoadModel model = instance.load();
        return model.work(request.tenant())
                .load(
                        OrderKey.of(request),
                        model.serviceTime(bundle.name(), now),
                        instance.bundles().deepest(),
                        now);
    }

    /** The pool with most credit left, if this job may have some of it. */
    private Optional<String> poolFor(OrderKey key, FleetView fleet) {
        CreditBook credit = instance.credit();
        String best = null;
        int most = 0;
        for (String pool : instance.rules().pools()) {
            int poolCredit = poolCredit(pool, fleet);
            int free = credit.free(pool, poolCredit);
            if (free > most && credit.maySend(task, key, pool, poolCredit)) {
                best = pool;
                most = free;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Orders that may be out in the whole pool, all schedulers together. */
    int poolCredit(String pool) {
        return poolCredit(pool, instance.fleet().at(desk.now()));
    }

    private int poolCredit(String pool, FleetView fleet) {
        return (int) Math.ceil(fleet.slots(pool) * instance.rules().creditPerSlot());
    }

    private Job.Queued queued(JobId id) {
        if (desk.ledger().find(id) instanceof Job.Queued queued) {
            return queued;
        }
        throw new IllegalStateException("Job " + id + " waits in the index, not in the ledger");
    }
}
