package io.flexir.contracts.work;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.flexir.contracts.check.Require;

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
     * A region stops at the first exit point whose score exceeds {@code threshold * base}.
     *
     * @param threshold the user's dial {@code h}
     */
    record Adaptive(double threshold) implements Inference {
        public Adaptive {
            Require.between("threshold", threshold, 0.0, 100.0);
        }
    }
}
