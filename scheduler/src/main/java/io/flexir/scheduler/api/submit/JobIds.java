package io.flexir.scheduler.api.submit;

import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Names for jobs, and the digest that tells one submission from another. */
public final class JobIds {
    private static final int HASH_LENGTH = 40;

    private JobIds() {}

    /** The same tenant and key always name the same job, on every scheduler. */
    public static JobId of(TenantId tenant, String idempotencyKey) {
        // A tenant holds no zero, so no two pairs make the same text.
        String text = tenant.value() + '\0' + idempotencyKey;
        return new JobId(sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH));
    }

    /** The same failed job is always done over as the same job. */
    static JobId ofRetry(TenantId tenant, JobId failed) {
        // A key holds no zero either.
        return of(tenant, "\0retry\0" + failed);
    }

    /** The same tenant and key always name the same batch. */
    static BatchId ofBatch(TenantId tenant, String idempotencyKey) {
        return new BatchId(of(tenant, "\0batch\0" + idempotencyKey).value());
    }

    /** The same object is always the same job of a batch. */
    static JobId of(TenantId tenant, BatchId batch, ObjectReference object) {
        return of(tenant, "\0object\0" + batch + '\0' + object.bucket() + '\0' + object.key());
    }

    /** A name that nobody has or guesses. */
    static JobId random() {
        return new JobId(UUID.randomUUID().toString());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
