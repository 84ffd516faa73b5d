package io.flexir.scheduler.storage;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;

/** Where workers put results and receipts in the bucket. */
public final class ResultKeys {
    private ResultKeys() {}

    /** Of one job. */
    public static String prefix(TenantId tenant, JobId jobId) {
        return prefix(tenant) + jobId + "/";
    }

    /** Of one tenant. */
    public static String prefix(TenantId tenant) {
        return "results/" + tenant + "/";
    }
}
