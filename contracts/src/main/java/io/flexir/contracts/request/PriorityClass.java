package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who goes first when not everybody can. */
public enum PriorityClass {
    @JsonProperty("interactive")
    INTERACTIVE,
    @JsonProperty("standard")
    STANDARD,
    @JsonProperty("bulk")
    BULK
}
