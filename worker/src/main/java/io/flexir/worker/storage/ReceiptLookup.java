package io.flexir.worker.storage;

import io.flexir.contracts.work.Receipt;

/** Whether a job was already done. */
public sealed interface ReceiptLookup {
    /**
     * Its receipt is there, so its result is too.
     *
     * @param etag of the receipt, without quotes; empty where the store gives none
     */
    record Committed(Receipt receipt, String etag) implements ReceiptLookup {}

    /** No receipt that could be read. */
    record Open() implements ReceiptLookup {}

    record Unavailable(String detail) implements ReceiptLookup {}
}
