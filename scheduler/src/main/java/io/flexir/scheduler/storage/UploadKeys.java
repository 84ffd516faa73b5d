package io.flexir.scheduler.storage;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;

import java.util.UUID;

/** Where uploads lie in the bucket. Everything of one tenant has one prefix. */
public final class UploadKeys {
    /** Of everything that was uploaded. */
    public static final String ROOT = "uploads/";

    private UploadKeys() {}

    /** An image that came with its job. */
    public static String inline(TenantId tenant, JobId jobId, String sha256) {
        return prefix(tenant) + jobId + "/" + sha256;
    }

    /** A fresh place for a client to upload to. */
    public static String fresh(TenantId tenant) {
        return prefix(tenant) + UUID.randomUUID() + "/input";
    }

    /** Whether a tenant uploaded this. */
    public static boolean isOf(TenantId tenant, String key) {
        return key.startsWith(prefix(tenant));
    }

    /** Where everything lies that a tenant uploaded. */
    public static String prefix(TenantId tenant) {
        return ROOT + tenant + "/";
    }
}
