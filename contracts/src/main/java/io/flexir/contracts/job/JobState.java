package io.flexir.contracts.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a job stands. */
public enum JobState {
    @JsonProperty("queued")
    QUEUED,
    /** A work order is out. */
    @JsonProperty("scheduled")
    SCHEDULED,
    /** A worker's heartbeat names it. */
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("succeeded")
    SUCCEEDED,
    @JsonProperty("rejected")
    REJECTED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED;

    public boolean isFinal() {
        return switch (this) {
            case QUEUED, SCHEDULED, RUNNING -> false;
            case SUCCEEDED, REJECTED, FAILED, CANCELLED -> true;
        };
    }
}
