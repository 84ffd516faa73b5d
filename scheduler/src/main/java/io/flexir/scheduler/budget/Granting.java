package io.flexir.scheduler.budget;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.work.PointerBudget;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A policy and the level that it has reached. Immutable: a step gives the next one.
 *
 * @param policy how budgets are decided
 * @param waterLevel present under {@link BudgetPolicy.Load} once the load was seen
 */
public record Granting(BudgetPolicy policy, @Nullable WaterLevel waterLevel) {
    /** A policy that has seen nothing yet. */
    public static Granting by(BudgetPolicy policy) {
        return new Granting(policy, null);
    }

    /** Takes the load in. Without a worker there is nothing to be learnt from it. */
    public Granting seeing(LoadSnapshot load, Instant now) {
        return switch (policy) {
            case BudgetPolicy.Fixed ignored -> this;
            case BudgetPolicy.Load wanted -> {
                if (!load.anybodyWorks()) {
                    yield this;
                }
                double target = wanted.targetBacklogSeconds();
                WaterLevel next =
                        waterLevel == null
                                ? WaterLevel.initial(load, target, now)
                                : waterLevel.next(load, target, now);
                yield next.equals(waterLevel) ? this : new Granting(policy, next);
            }
        };
    }

    /** The level that queued jobs would be granted now, for the prediction of work. */
    public int level(int deepest) {
        return switch (policy) {
            case BudgetPolicy.Fixed fixed -> Math.min(fixed.pointer(), deepest);
            case BudgetPolicy.Load ignored ->
                    waterLevel == null ? deepest : Math.min(waterLevel.level(), deepest);
        };
    }

    /**
     * Decides one job's budget.
     *
     * @param deepest the largest n of all models, which levels are counted in
     */
    public Grant grant(JobFacts job, int deepest) {
        return switch (job.depth()) {
            case Depth.Fixed fixed -> exactly(Math.min(fixed.pointer(), job.n()), job.floor());
            case Depth.Automatic ignored -> within(job, deepest);
            case Depth.Adaptive ignored -> within(job, deepest);
        };
    }

    private static Grant exactly(int pointer, int floor) {
        return new Grant(new PointerBudget(Math.min(floor, pointer), pointer), pointer);
    }

    private Grant within(JobFacts job, int deepest) {
        int wanted = Math.max(pointerWithoutLoad(job.n()), job.floor());
        int allowed = Math.max(pointerNow(deepest, job.n()), job.floor());
        return new Grant(new PointerBudget(job.floor(), Math.min(allowed, wanted)), wanted);
    }

    private int pointerWithoutLoad(int n) {
        return switch (policy) {
            case BudgetPolicy.Fixed fixed -> Math.min(fixed.pointer(), n);
            case BudgetPolicy.Load ignored -> n;
        };
    }

    private int pointerNow(int deepest, int n) {
        return switch (policy) {
            case BudgetPolicy.Fixed fixed -> Math.min(fixed.pointer(), n);
            case BudgetPolicy.Load ignored -> WaterLevel.pointer(level(deepest), deepest, n);
        };
    }
}
