package io.flexir.worker.restore;

/**
 * How a restoration ended. In every case but {@link Restored} the sink holds an unfinished image.
 */
public sealed interface RestoreResult {
    /** Every pixel was written. */
    record Restored(Restoration restoration) implements RestoreResult {}

    /** Somebody asked for it to end. */
    record Cancelled() implements RestoreResult {}

    /** Even the smallest allowed pointer would come late, and the job asked to fail then. */
    record DeadlineMissed() implements RestoreResult {}
}
