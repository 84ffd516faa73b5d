package io.flexir.contracts.work;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.AdaptiveRule;

/** How the worker chooses each region's pointer within the budget. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Inference.Regular.class, name = "regular"),
    @JsonSubTypes.Type(value = Inference.Adaptive.class, name = "adaptive")
})
public sealed interface Inference {
    /** Every region runs to the same pointer. */
    record Regular() implements Inference {}

    /**
     * Each part of the image goes as deep as the rule says.
     *
     * @param threshold the user's dial {@code h}; what it means is the rule's
     * @param rule {@link AdaptiveRule#SHARPNESS} when left out
     */
    record Adaptive(double threshold, @DefaultsTo("\"sharpness\"") AdaptiveRule rule)
            implements Inference {
        @SuppressWarnings({"ConstantValue", "NullAway"})
        public Adaptive {
            Require.between("threshold", threshold, 0.0, 100.0);
            rule = rule == null ? AdaptiveRule.SHARPNESS : rule;
        }

        /** By sharpness. */
        public Adaptive(double threshold) {
            this(threshold, AdaptiveRule.SHARPNESS);
        }
    }
}
