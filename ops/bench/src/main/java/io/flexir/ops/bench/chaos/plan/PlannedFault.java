package io.flexir.ops.bench.chaos.plan;

import java.time.Duration;

/**
 * One fault of a plan.
 *
 * @param at from the start of the run
 * @param victim drawn at random; which of the place's processes it is, is this modulo their number
 * @param lasts until what was stopped is started again, or what was spoilt is whole
 */
public record PlannedFault(Duration at, FaultKind kind, int victim, Duration lasts) {

    /** When its place may be struck again: it has recovered by then. */
    Duration restUntil(Duration recovery) {
        return at.plus(lasts).plus(recovery);
    }
}
