package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.check.Require;

/** How deep the network is asked to go for one job. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Depth.Fixed.class, name = "fixed"),
    @JsonSubTypes.Type(value = Depth.Automatic.class, name = "automatic"),
    @JsonSubTypes.Type(value = Depth.Adaptive.class, name = "adaptive")
})
public sealed interface Depth {
    /** The largest pointer any bundle may have. */
    int MAX_POINTER = 64;

    /**
     * Every region runs to this pointer; the scheduler grants less only when the deadline forces
     * it.
     */
    record Fixed(int pointer) implements Depth {
        public Fixed {
            Require.between("pointer", pointer, 1, MAX_POINTER);
        }
    }

    /** The scheduler chooses the pointer from the load; every region runs to it. */
    record Automatic() implements Depth {}

    /**
     * Each part of the image goes as deep as the rule says, within the pointer that the load
     * allows.
     *
     * @param threshold the user's dial {@code h}; what it means is the rule's
     * @param rule {@link AdaptiveRule#SHARPNESS} when left out
     */
    record Adaptive(double threshold, @DefaultsTo("\"sharpness\"") AdaptiveRule rule)
            implements Depth {
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
