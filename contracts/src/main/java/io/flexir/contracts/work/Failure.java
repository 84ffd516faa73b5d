package io.flexir.contracts.work;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.flexir.contracts.check.Require;

/**
 * Why a job that might have succeeded did not.
 *
 * @param reason what kind of failure
 * @param detail a sentence that an operator can act on
 */
public record Failure(Reason reason, String detail) {
    public Failure {
        Require.present("reason", reason);
        Require.text("detail", detail, 1000);
    }

    /** Kinds of failure. */
    public enum Reason {
        /** The deadline could not be met and the terms say fail. */
        @JsonProperty("deadline")
        DEADLINE,
        /** The order was delivered too often without an end: it seems to kill its worker. */
        @JsonProperty("poison")
        POISON,
        @JsonProperty("engine")
        ENGINE,
        @JsonProperty("storage")
        STORAGE,
        /** No worker was heard of it for too long, too often. */
        @JsonProperty("worker-lost")
        WORKER_LOST,
        /** Too many jobs waited when it was submitted. */
        @JsonProperty("overloaded")
        OVERLOADED,
        @JsonProperty("internal")
        INTERNAL
    }
}
