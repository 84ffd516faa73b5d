package io.flexir.worker.restore.anytime;

/** What a wave of regions does next. */
public enum StepDecision {
    /** Run the next stage. */
    CONTINUE,
    /** Run the branch of the pointer that was reached and stop. */
    TAKE_BRANCH,
    /** Give up: the deadline cannot be met and the job asked to fail then. */
    ABANDON
}
