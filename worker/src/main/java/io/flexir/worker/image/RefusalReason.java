package io.flexir.worker.image;

/** Kinds of refusal. */
public enum RefusalReason {
    /** The bytes are no image that we know by its first bytes. */
    UNKNOWN_FORMAT,
    /** A known format or a feature of one that we do not process; the sentence names it. */
    UNSUPPORTED,
    /** Truncated, damaged or contradictory. */
    CORRUPT,
    /** More bytes or pixels than the limits allow. */
    TOO_LARGE
}
