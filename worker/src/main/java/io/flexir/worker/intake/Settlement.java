package io.flexir.worker.intake;

/** How the work on a record ended, as far as the broker is concerned. */
public enum Settlement {
    /** Reported: the record is never handed out again. */
    DONE,
    /** Not done: somebody else may have it at once. */
    HAND_BACK,
    /** Unreadable and set aside: the record is never handed out again. */
    SET_ASIDE
}
