package io.flexir.worker.restore;

import io.flexir.worker.restore.exit.ExitRule;
import io.flexir.worker.restore.exit.PayoffRule;

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

    /**
     * The image is cut as memory allows and runs to the budget's min; from there on only those
     * parts of it go a stage deeper, up to the target, whose expected gain is worth its price.
     */
    record Priced(PayoffRule rule) implements Mode {}
}
