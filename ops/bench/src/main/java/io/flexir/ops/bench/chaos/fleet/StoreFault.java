package io.flexir.ops.bench.chaos.fleet;

/** How the way to the object store is spoilt. */
public sealed interface StoreFault {
    /** It is not. */
    record None() implements StoreFault {}

    /** Every request is answered 500. */
    record Errors() implements StoreFault {}

    /** No request is answered. */
    record Hangs() implements StoreFault {}

    /** Every answer ends half way, and its connection with it. */
    record Cuts() implements StoreFault {}

    /**
     * There is no room for more than so much; reading goes on.
     *
     * @param bytes that are still taken
     */
    record Full(long bytes) implements StoreFault {}
}
