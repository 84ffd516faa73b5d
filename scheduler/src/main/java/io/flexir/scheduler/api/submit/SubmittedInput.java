package io.flexir.scheduler.api.submit;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.ObjectReference;

import org.jspecify.annotations.Nullable;

/**
 * The image of a submission: an object in the store, or its own bytes.
 *
 * @param bucket with {@code key}, unless {@code data} is given
 * @param data the image's bytes (base64 in JSON), at most {@value #MAX_INLINE_BYTES}; not copied,
 *     for its size
 */
@SuppressWarnings("ArrayRecordComponent")
public record SubmittedInput(
        @Nullable String bucket,
        @Nullable String key,
        @Nullable String versionId,
        @Nullable String etag,
        byte @Nullable [] data) {
    /** Larger images are uploaded. */
    public static final int MAX_INLINE_BYTES = 8 * 1024 * 1024;

    public SubmittedInput {
        if (data == null) {
            Require.that(
                    bucket != null || key != null,
                    "bucket",
                    "is missing, and so is data: one of them is needed");
            // Checks the rest.
            reference(bucket, key, versionId, etag);
        } else {
            Require.that(
                    bucket == null && key == null, "data", "must not come with bucket and key");
            Require.that(
                    versionId == null && etag == null,
                    "data",
                    "must not come with versionId or etag");
            Require.between("data", data.length, 1, MAX_INLINE_BYTES);
        }
    }

    /** The object that is named. Only where there is no {@code data}. */
    ObjectReference reference() {
        return reference(bucket, key, versionId, etag);
    }

    private static ObjectReference reference(
            @Nullable String bucket,
            @Nullable String key,
            @Nullable String versionId,
            @Nullable String etag) {
        return new ObjectReference(
                Require.present("bucket", bucket), Require.present("key", key), versionId, etag);
    }
}
