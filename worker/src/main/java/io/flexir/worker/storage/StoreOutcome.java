package io.flexir.worker.storage;

/** What writing one object gave. */
public sealed interface StoreOutcome {
    /** The store has it. */
    record Stored(String etag) implements StoreOutcome {}

    /**
     * The key was to be new and is not, or was to hold what is pinned and does not. Nothing was
     * written.
     */
    record AlreadyThere() implements StoreOutcome {}

    /** The store refuses this worker's write, or the bucket does not exist. */
    record Refused(String detail) implements StoreOutcome {}

    /** The store does not answer, or answers that it cannot: worth another try. */
    record Unavailable(String detail) implements StoreOutcome {}
}
