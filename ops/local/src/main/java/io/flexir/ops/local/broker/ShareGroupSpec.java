package io.flexir.ops.local.broker;

import java.time.Duration;
import java.util.Map;

/**
 * A share group as workers need it: committed records only, from those of the last minutes on.
 *
 * @param name the group's id
 * @param lock how long a worker may hold a record without renewing it
 * @param session how long a worker may be silent before the group goes on without it
 * @param heartbeat how often a worker speaks, well under {@code session}
 * @param deliveryLimit after so many deliveries the broker itself gives a record up; above the
 *     limit at which workers report a poisoned order, so that no record goes silently
 */
public record ShareGroupSpec(
        String name, Duration lock, Duration session, Duration heartbeat, int deliveryLimit) {

    private static final int BROKER_LIMIT = 10;

    public ShareGroupSpec {
        if (heartbeat.compareTo(session) >= 0) {
            throw new IllegalArgumentException(
                    "heartbeat " + heartbeat + " must be under session " + session);
        }
        if (deliveryLimit < 2 || deliveryLimit > BROKER_LIMIT) {
            throw new IllegalArgumentException(
                    "deliveryLimit must be 2.." + BROKER_LIMIT + ", was " + deliveryLimit);
        }
    }

    /**
     * Where a group begins that has read nothing, or whose broker forgot what it has read. What is
     * older was done, is in somebody's hands, or will be sent again by the scheduler's watchdog.
     */
    private static final Duration NEW_TO_THE_GROUP = Duration.ofMinutes(1);

    /** Locks of 15 s: long against a region's time, short against a user's patience. */
    public static ShareGroupSpec of(String name) {
        return new ShareGroupSpec(
                name,
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                BROKER_LIMIT);
    }

    /** The same with other times for members to be silent, and to speak. */
    public ShareGroupSpec withSession(Duration silence, Duration between) {
        return new ShareGroupSpec(name, lock, silence, between, deliveryLimit);
    }

    /** The same with another lock duration. */
    public ShareGroupSpec withLock(Duration other) {
        return new ShareGroupSpec(name, other, session, heartbeat, deliveryLimit);
    }

    /** Its settings as Kafka has them. */
    public Map<String, String> config() {
        return Map.of(
                "share.isolation.level", "read_committed",
                "share.auto.offset.reset", "by_duration:" + NEW_TO_THE_GROUP,
                "share.record.lock.duration.ms", Long.toString(lock.toMillis()),
                "share.session.timeout.ms", Long.toString(session.toMillis()),
                "share.heartbeat.interval.ms", Long.toString(heartbeat.toMillis()),
                "share.delivery.count.limit", Integer.toString(deliveryLimit));
    }
}
