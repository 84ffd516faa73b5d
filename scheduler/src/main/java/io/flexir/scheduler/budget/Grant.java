package io.flexir.scheduler.budget;

import io.flexir.contracts.work.PointerBudget;

/**
 * What one job is given.
 *
 * @param budget pointers that the worker may end between
 * @param wanted the pointer that it would be given by the same policy if nothing else waited
 */
public record Grant(PointerBudget budget, int wanted) {
    public Grant {
        if (wanted < budget.target()) {
            throw new IllegalArgumentException(
                    "wanted " + wanted + " is less than the target " + budget.target());
        }
    }
}
