package io.flexir.worker.storage;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.ServerException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Set;

/** What a failed request means, told from S3's error code and HTTP status. */
enum StoreProblem {
    MISSING,
    CONDITION_FAILED,
    /** The same request will never be granted. */
    REFUSED,
    /** The same request may be granted later. */
    UNAVAILABLE;

    private static final Set<String> MISSING_CODES =
            Set.of("NoSuchKey", "NoSuchBucket", "NoSuchVersion", "NotFound");

    /**
     * Our own credentials or clock are wrong: no fault of the job, so it is held until an operator
     * has put it right.
     */
    private static final Set<String> OURS =
            Set.of(
                    "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "ExpiredToken",
                    "InvalidToken",
                    "RequestTimeTooSkewed");

    /** The upload stalled or was cut off on its way: S3 calls these bad requests (400). */
    private static final Set<String> ON_THE_WAY = Set.of("RequestTimeout", "IncompleteBody");

    static StoreProblem of(Exception problem) {
        return switch (problem) {
            case ErrorResponseException answer ->
                    of(answer.errorResponse().code(), answer.response().code());
            case ServerException server -> ofStatus(server.statusCode());
            case IllegalArgumentException _ -> REFUSED;
            default -> UNAVAILABLE;
        };
    }

    static StoreProblem of(@Nullable String code, int status) {
        if (code != null && MISSING_CODES.contains(code)) {
            return MISSING;
        }
        boolean passes = code != null && (OURS.contains(code) || ON_THE_WAY.contains(code));
        return passes ? UNAVAILABLE : ofStatus(status);
    }

    /**
     * 409 is S3's answer when two conditional writes of one key meet: a second try learns which one
     * won.
     */
    private static StoreProblem ofStatus(int status) {
        return switch (status) {
            case 404, 410 -> MISSING;
            case 412 -> CONDITION_FAILED;
            case 408, 409, 425, 429 -> UNAVAILABLE;
            default -> status >= 400 && status < 500 ? REFUSED : UNAVAILABLE;
        };
    }

    /**
     * One line for logs and for operators; the SDK wraps what it was told in exceptions of its own.
     */
    static String describe(Exception problem) {
        Throwable root = problem;
        while (!(root instanceof IOException) && root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
