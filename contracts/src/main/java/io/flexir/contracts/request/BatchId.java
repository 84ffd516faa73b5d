package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import io.flexir.contracts.check.Require;

/** Names jobs that were submitted together. 1 to 64 letters, digits, '.', '_' or '-'. */
public record BatchId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BatchId {
        Require.name("batch", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}
