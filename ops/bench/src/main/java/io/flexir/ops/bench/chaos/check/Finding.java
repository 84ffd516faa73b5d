package io.flexir.ops.bench.chaos.check;

/** A promise that was broken. */
public sealed interface Finding {
    /** An accepted job has no outcome. */
    record Lost(String jobId) implements Finding {}

    /** A job has more than one outcome. */
    record Doubled(String jobId, long outcomes) implements Finding {}

    /** An outcome names a job that was never asked for. */
    record WithoutJob(String jobId) implements Finding {}

    /** A client was told that its job is accepted, but there is no request. */
    record Forgotten(String jobId) implements Finding {}

    /** A job that could be done was not. */
    record NotRestored(String jobId, String end) implements Finding {}

    /** A result is not what its receipt says. */
    record WrongDigest(String jobId, String stated, String found) implements Finding {}

    /** A result is no image. */
    record Unreadable(String jobId, String problem) implements Finding {}

    /** A result is not there. */
    record Missing(String jobId, String key) implements Finding {}

    /** A request is committed as read, but the ledger knows nothing of its job. */
    record Unrecorded(String jobId, int partition, long offset) implements Finding {}
}
