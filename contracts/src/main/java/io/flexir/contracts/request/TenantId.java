package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import io.flexir.contracts.check.Require;

/** Names the party that a job belongs to. 1 to 64 letters, digits, '.', '_' or '-'. */
public record TenantId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TenantId {
        Require.name("tenant", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}
