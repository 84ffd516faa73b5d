package io.flexir.scheduler.storage;

import java.util.List;

/** What looking for every object whose key begins so gave. */
public sealed interface ObjectListing {
    /**
     * Those that are there and hold something, by key.
     *
     * @param more whether there are others after them
     */
    record Found(List<String> keys, boolean more) implements ObjectListing {
        public Found {
            keys = List.copyOf(keys);
        }
    }

    /** There is no such bucket. */
    record Missing() implements ObjectListing {}

    /** The scheduler may not list it. */
    record Denied() implements ObjectListing {}
}
