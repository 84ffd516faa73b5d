package io.flexir.scheduler.storage;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;

/** Where workers put results and receipts in the bucket. */
public final class ResultKeys {
    /** Of everything that workers stored. */
    public static final String ROOT = "results/";

    private static final String RECEIPT = "receipt.json";

    private ResultKeys() {}

    /** Of one job. */
    public static String prefix(TenantId tenant, JobId jobId) {
        return prefix(tenant) + jobId + "/";
    }

    /** Of the receipt that lies beside a result. */
    public static String receiptBeside(String result) {
        return directoryOf(result) + RECEIPT;
    }

    /** A key up to its last part, the slash included. */
    public static String directoryOf(String key) {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    /** Of one tenant. */
    public static String prefix(TenantId tenant) {
        return ROOT + tenant + "/";
    }
}
