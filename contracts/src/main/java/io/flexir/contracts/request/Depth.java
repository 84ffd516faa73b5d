package io.flexir.contracts.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

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
     * A region stops at the first exit point whose output satisfies the exit rule, within the
     * pointer that the load allows.
     *
     * @param threshold the user's dial {@code h}: exit when score > h * base; 1.00 is eager, larger
     *     is deeper
     */
    record Adaptive(double threshold) implements Depth {
        public Adaptive {
            Require.between("threshold", threshold, 0.0, 100.0);
        }
    }
}
