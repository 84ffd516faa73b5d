package io.flexir.worker.storage;

/** What reading one object gave. */
public sealed interface FetchOutcome {
    /**
     * The object, whole.
     *
     * @param bytes not copied: whoever holds them must not change them
     * @param etag without quotes
     * @param contentType as the object's writer stated it
     */
    record Fetched(byte[] bytes, String etag, String contentType) implements FetchOutcome {}

    /** No such key, version or bucket. */
    record Missing() implements FetchOutcome {}

    /** The key holds another object than the one that was pinned. */
    record Changed() implements FetchOutcome {}

    /** More bytes than the limit; none were kept. */
    record TooLarge(long bytes, long limit) implements FetchOutcome {}

    /** The store does not let this worker read it, and will not. */
    record Denied(String detail) implements FetchOutcome {}

    /** The store does not answer, or answers that it cannot: worth another try. */
    record Unavailable(String detail) implements FetchOutcome {}
}
