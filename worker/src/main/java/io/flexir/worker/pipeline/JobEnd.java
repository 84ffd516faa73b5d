package io.flexir.worker.pipeline;

import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.Rejection;

/** How the work on one order ended. */
sealed interface JobEnd {
    /**
     * The job is committed: its result and this receipt are stored, by this worker or by another
     * one before it.
     */
    record Restored(Receipt receipt) implements JobEnd {}

    record Rejected(Rejection rejection) implements JobEnd {}

    record Failed(Failure failure) implements JobEnd {}

    record Cancelled() implements JobEnd {}

    /** This worker stops; nothing is reported, and another one may have the order. */
    record HandedBack() implements JobEnd {}

    static JobEnd rejected(Rejection.Reason reason, String detail) {
        return new Rejected(new Rejection(reason, Sentence.of(detail)));
    }

    static JobEnd failed(Failure.Reason reason, String detail) {
        return new Failed(new Failure(reason, Sentence.of(detail)));
    }
}
