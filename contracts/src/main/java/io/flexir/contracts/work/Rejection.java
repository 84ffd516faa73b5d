package io.flexir.contracts.work;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.flexir.contracts.check.Require;

/**
 * Why a job can never succeed as it was asked: it is not retried.
 *
 * @param reason what kind of refusal
 * @param detail a sentence that the client can act on
 */
public record Rejection(Reason reason, String detail) {
    public Rejection {
        Require.present("reason", reason);
        Require.text("detail", detail, 1000);
    }

    /** Kinds of refusal. */
    public enum Reason {
        @JsonProperty("input-missing")
        INPUT_MISSING,
        /** The object is no longer the version or ETag that was pinned. */
        @JsonProperty("input-changed")
        INPUT_CHANGED,
        @JsonProperty("access-denied")
        ACCESS_DENIED,
        @JsonProperty("unknown-format")
        UNKNOWN_FORMAT,
        @JsonProperty("unsupported-image")
        UNSUPPORTED_IMAGE,
        @JsonProperty("corrupt-image")
        CORRUPT_IMAGE,
        @JsonProperty("too-large")
        TOO_LARGE,
        @JsonProperty("unknown-model")
        UNKNOWN_MODEL,
        /** No model is named, and none suits what was estimated of the image. */
        @JsonProperty("no-suitable-model")
        NO_SUITABLE_MODEL,
        @JsonProperty("invalid-request")
        INVALID_REQUEST
    }
}
