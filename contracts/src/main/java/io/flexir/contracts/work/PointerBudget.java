package io.flexir.contracts.work;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.Depth;

/**
 * The scheduler's grant to one job: the worker may end anywhere between, never under {@code min}.
 *
 * @param min smallest pointer, 1..n
 * @param target pointer that the worker aims for, at least {@code min}
 */
public record PointerBudget(int min, int target) {
    public PointerBudget {
        Require.between("min", min, 1, Depth.MAX_POINTER);
        Require.between("target", target, 1, Depth.MAX_POINTER);
        Require.that(target >= min, "target", "must be at least min (" + min + "), is " + target);
    }
}
