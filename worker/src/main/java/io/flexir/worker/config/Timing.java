package io.flexir.worker.config;

import java.time.Duration;

/**
 * How long a worker waits for what.
 *
 * @param heartbeat time between two heartbeats when nothing changes
 * @param shutdownGrace how long a stopping worker may go on with the orders it holds before it
 *     hands them back
 * @param outageHold how long an order is held and renewed while the object store does not answer,
 *     before it fails
 */
public record Timing(Duration heartbeat, Duration shutdownGrace, Duration outageHold) {
    /** Heartbeats every 2 s, 20 s of grace, outages of up to an hour. */
    public static final Timing DEFAULT =
            new Timing(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofHours(1));

    public Timing {
        Check.between("heartbeat", heartbeat, Duration.ofMillis(100), Duration.ofMinutes(1));
        Check.between("shutdownGrace", shutdownGrace, Duration.ZERO, Duration.ofHours(1));
        Check.between("outageHold", outageHold, Duration.ZERO, Duration.ofDays(7));
    }
}
