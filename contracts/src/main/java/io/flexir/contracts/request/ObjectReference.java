package io.flexir.contracts.request;

import io.flexir.contracts.check.Require;

import org.jspecify.annotations.Nullable;

/**
 * An object in an S3 store. Pixels never travel in messages, only this.
 *
 * @param bucket 3 to 63 characters
 * @param key up to 1024 characters
 * @param versionId the pinned version, where the bucket keeps versions
 * @param etag the pinned ETag without quotes, where it does not
 */
public record ObjectReference(
        String bucket, String key, @Nullable String versionId, @Nullable String etag) {
    public ObjectReference {
        Require.name("bucket", bucket, 63);
        Require.that(bucket.length() >= 3, "bucket", "must have at least 3 characters");
        Require.text("key", key, 1024);
        if (versionId != null) {
            Require.text("versionId", versionId, 1024);
        }
        if (etag != null) {
            Require.text("etag", etag, 256);
        }
    }

    /** A reference to whatever the key holds when it is read. */
    public static ObjectReference latest(String bucket, String key) {
        return new ObjectReference(bucket, key, null, null);
    }

    public ObjectReference pinnedTo(@Nullable String pinnedVersionId, @Nullable String pinnedEtag) {
        return new ObjectReference(bucket, key, pinnedVersionId, pinnedEtag);
    }

    /** Whether a later overwrite of the key would be noticed. */
    public boolean pinned() {
        return versionId != null || etag != null;
    }
}
