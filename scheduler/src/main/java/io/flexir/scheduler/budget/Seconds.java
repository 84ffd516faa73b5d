package io.flexir.scheduler.budget;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Instants as epoch seconds, exact to a microsecond for the next centuries. */
public final class Seconds {
    private Seconds() {}

    public static double of(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }

    /** Infinite where there is none. */
    public static double ofDeadline(@Nullable Instant deadline) {
        return deadline == null ? Double.POSITIVE_INFINITY : of(deadline);
    }
}
