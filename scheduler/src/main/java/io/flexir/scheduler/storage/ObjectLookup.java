package io.flexir.scheduler.storage;

import io.flexir.contracts.request.ObjectReference;

/** What looking for an object gave. That the store did not answer is an exception instead. */
public sealed interface ObjectLookup {
    /**
     * It is there.
     *
     * @param reference with its version or ETag pinned
     * @param bytes its size
     */
    record Found(ObjectReference reference, long bytes) implements ObjectLookup {}

    /** No such bucket, key or version. */
    record Missing() implements ObjectLookup {}

    /** It is there, but not with the ETag that was asked for. */
    record Changed() implements ObjectLookup {}

    /** The scheduler's own credentials may not read it. */
    record Denied() implements ObjectLookup {}
}
