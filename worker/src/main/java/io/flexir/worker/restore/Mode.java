package io.flexir.worker.restore;

import io.flexir.worker.restore.exit.ExitRule;

/** How a region's pointer is chosen within the granted budget. */
public sealed interface Mode {
    /** Every region runs to the target. The image is cut as memory allows. */
    record Regular() implements Mode {}

    /**
     * A region stops at the bundle's first exit point, at least the budget's min and under its
     * target, whose output passes the rule; else at the target. The image is cut into regions of
     * the bundle's size.
     */
    record Adaptive(ExitRule rule) implements Mode {}
}
