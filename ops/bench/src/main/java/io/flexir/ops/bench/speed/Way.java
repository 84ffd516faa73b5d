package io.flexir.ops.bench.speed;

/**
 * How PyTorch is used.
 *
 * @param attention how it computes attention
 * @param processes how many share the threads
 */
public record Way(Attention attention, Processes processes) {

    /** As tables have it. */
    public String label() {
        return switch (processes) {
            case ONE -> attention.label();
            case SIDE_BY_SIDE -> attention.label() + ", side by side";
        };
    }

    /** How many processes share the threads. */
    public enum Processes {
        ONE,
        SIDE_BY_SIDE
    }
}
