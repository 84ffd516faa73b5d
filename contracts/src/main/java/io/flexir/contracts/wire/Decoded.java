package io.flexir.contracts.wire;

/** What reading a record gave. */
public sealed interface Decoded<T> {
    /** It is a message of the expected type. */
    record Message<T>(T value) implements Decoded<T> {}

    /** It is not, and never will be. */
    record Refused<T>(String reason) implements Decoded<T> {}
}
