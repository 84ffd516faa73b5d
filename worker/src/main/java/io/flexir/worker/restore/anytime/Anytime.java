package io.flexir.worker.restore.anytime;

import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.work.PointerBudget;

/**
 * The rule asked before each stage: go on, take the branch now, or give up. A network that can stop
 * after every stage has an answer at any time; this decides how much of the deadline it spends on a
 * better one.
 */
public final class Anytime {
    private Anytime() {}

    /** Without a deadline: to the target. */
    public static StepDecision decide(int pointer, PointerBudget budget) {
        return pointer < budget.target() ? StepDecision.CONTINUE : StepDecision.TAKE_BRANCH;
    }

    /**
     * With a deadline: one stage more as long as it, the branch, the later waves at min, encoding
     * and storing still come in time.
     *
     * @param pointer stages that the wave has passed, 0..target
     * @param secondsLeft until the outcome is due
     */
    public static StepDecision decide(
            int pointer,
            PointerBudget budget,
            OnMiss onMiss,
            double secondsLeft,
            Forecast forecast) {
        if (forecast.soonest() > secondsLeft) {
            return switch (onMiss) {
                case FAIL -> StepDecision.ABANDON;
                case DEGRADE ->
                        pointer < budget.min() ? StepDecision.CONTINUE : StepDecision.TAKE_BRANCH;
                case LATE -> decide(pointer, budget);
            };
        }
        boolean mayGoOn = pointer < budget.min() || forecast.oneMoreStage() <= secondsLeft;
        return mayGoOn ? decide(pointer, budget) : StepDecision.TAKE_BRANCH;
    }
}
