package io.flexir.worker.restore;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.anytime.TimeLimit;

import org.jspecify.annotations.Nullable;

/**
 * What one restoration is to do.
 *
 * @param budget the granted pointers; its target is at most the model's n
 * @param mode regular or adaptive
 * @param limit the deadline, if there is one
 */
public record RestoreOrder(PointerBudget budget, Mode mode, @Nullable TimeLimit limit) {
    /** Without a deadline. */
    public RestoreOrder(PointerBudget budget, Mode mode) {
        this(budget, mode, null);
    }
}
