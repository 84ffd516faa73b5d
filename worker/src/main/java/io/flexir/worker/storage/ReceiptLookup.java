package io.flexir.worker.storage;

import io.flexir.contracts.work.Receipt;

/** Whether a job was already done. */
public sealed interface ReceiptLookup {
    /** Its receipt is there, so its result is too. */
    record Committed(Receipt receipt) implements ReceiptLookup {}

    /** No receipt that could be read. */
    record Open() implements ReceiptLookup {}

    record Unavailable(String detail) implements ReceiptLookup {}
}
