package io.flexir.scheduler.api.submit;

import java.time.Duration;

/** What became of a record that a tenant wrote to its topic. */
sealed interface Routed {
    /** It is a durable request now; how its job ends is told as of any other. */
    record Taken() implements Routed {}

    /** It is none, and never will be. */
    record SetAside(String reason) implements Routed {}

    /** It could not be taken now. */
    record Later(String reason, Duration after) implements Routed {}
}
