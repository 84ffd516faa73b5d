package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import io.flexir.contracts.check.Require;

/**
 * Names one job, and is the key of its records in every topic. 1 to 64 letters, digits, '.', '_' or
 * '-'.
 */
public record JobId(@JsonValue String value) implements Comparable<JobId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public JobId {
        Require.name("jobId", value, 64);
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
