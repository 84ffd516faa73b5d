package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonProperty;

/** By what adaptive inference tells how deep a part of an image goes. */
public enum AdaptiveRule {
    /**
     * The paper's: a region stops at the first exit point whose output's score exceeds the
     * threshold times the model's base. A larger threshold goes deeper.
     */
    @JsonProperty("sharpness")
    SHARPNESS,
    /**
     * A part goes one stage deeper where that is expected to take more off the image's squared
     * error than the threshold, in percent of it for a thousand multiply-adds a pixel. A smaller
     * threshold goes deeper. Needs a model whose manifest has a payoff table.
     */
    @JsonProperty("payoff")
    PAYOFF
}
