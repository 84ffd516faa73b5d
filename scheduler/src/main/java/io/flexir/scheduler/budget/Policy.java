package io.flexir.scheduler.budget;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.work.PointerBudget;

import java.time.Instant;

/**
 * How deep jobs may go. Immutable: what a policy has seen of the load makes the next one. The order
 * in which jobs are granted is {@link OrderKey}, the same for every policy, so that one can take
 * over from another in the middle of a queue.
 */
public sealed interface Policy permits FixedPointer, DrainTarget, SlackFit, MarginalGain {
    /** A policy that has seen nothing yet. */
    static Policy of(BudgetPolicy terms) {
        return switch (terms) {
            case BudgetPolicy.Fixed fixed -> new FixedPointer(fixed.pointer());
            case BudgetPolicy.Load load -> new DrainTarget(load.targetBacklogSeconds(), null);
            case BudgetPolicy.Slack ignored -> new SlackFit();
            case BudgetPolicy.Gain ignored -> new MarginalGain();
        };
    }

    /** The pointer that a job with a choice may go to now, before its floor is looked at. */
    int pointer(JobFacts job, Load load, Instant now);

    /** The pointer that it would be granted if nothing else waited. */
    int pointerWithoutLoad(JobFacts job);

    /** Takes the load in. Without a worker there is nothing to be learnt from it. */
    default Policy seeing(LoadSnapshot load, Instant now) {
        return this;
    }

    /** The level that queued jobs would be granted now, for the prediction of work. */
    int level(int deepest);

    /**
     * Whether jobs step aside for others when not everybody can be on time even at the floor; else
     * all of them are served in turn.
     */
    default boolean letsStepAside() {
        return false;
    }

    /** Decides one job's budget. */
    default Grant grant(JobFacts job, Load load, Instant now) {
        if (job.depth() instanceof Depth.Fixed) {
            int asked = job.least();
            return new Grant(new PointerBudget(Math.min(job.floor(), asked), asked), asked);
        }
        int wanted = Math.clamp(pointerWithoutLoad(job), job.floor(), job.most());
        int allowed = Math.max(pointer(job.asOf(now, load.service()), load, now), job.floor());
        return new Grant(new PointerBudget(job.floor(), Math.min(allowed, wanted)), wanted);
    }
}
