package io.flexir.worker.config;

import java.time.Duration;

/**
 * How long a worker waits for what.
 *
 * @param heartbeat time between two heartbeats when nothing changes
 * @param shutdownGrace how long a stopping worker may go on with the orders it holds before it
 *     hands them back
 * @param longestStage how long after that it waits for the stages they are in, before it leaves
 *     them to the broker
 * @param outageHold how long an order is held and renewed while the object store does not answer,
 *     before it fails
 */
public record Timing(
        Duration heartbeat, Duration shutdownGrace, Duration longestStage, Duration outageHold) {
    /** Heartbeats every 2 s, 20 s of grace, stages of up to 10 s, outages of up to an hour. */
    public static final Timing DEFAULT =
            new Timing(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(10),
                    Duration.ofHours(1));

    public Timing {
        Check.between("heartbeat", heartbeat, Duration.ofMillis(100), Duration.ofMinutes(1));
        Check.between("shutdownGrace", shutdownGrace, Duration.ZERO, Duration.ofHours(1));
        Check.between("longestStage", longestStage, Duration.ZERO, Duration.ofHours(1));
        Check.between("outageHold", outageHold, Duration.ZERO, Duration.ofDays(7));
    }
}
