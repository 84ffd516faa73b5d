package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do when even the quality floor would come after the deadline. */
public enum OnMiss {
    /** Finish at the floor and flag the outcome late. */
    @JsonProperty("degrade")
    DEGRADE,
    /** End as failed with the reason {@code deadline}. */
    @JsonProperty("fail")
    FAIL,
    /** Run to the target and flag the outcome late. */
    @JsonProperty("late")
    LATE
}
