package io.flexir.worker.storage;

import io.flexir.contracts.request.ObjectReference;

/** Reads and writes whole objects. Every method blocks: never for an event loop. Thread-safe. */
public interface ObjectStore extends AutoCloseable {
    /** Whether a write may replace what is there. */
    enum Existing {
        REPLACE,
        /** Of several writers one wins; the others get {@link StoreOutcome.AlreadyThere}. */
        KEEP,
        /**
         * The object that the reference pins by its ETag may be replaced, and no other: of several
         * writers that saw it one wins; the others get {@link StoreOutcome.AlreadyThere}.
         */
        PINNED
    }

    /**
     * Reads an object, as pinned by its version or ETag where the reference has one.
     *
     * @param maxBytes a larger object is not read
     */
    FetchOutcome fetch(ObjectReference object, long maxBytes);

    /** Writes an object. */
    StoreOutcome store(ObjectReference object, byte[] bytes, String contentType, Existing existing);

    /** Whether the store answers for its bucket now. */
    boolean answers();

    @Override
    void close();
}
