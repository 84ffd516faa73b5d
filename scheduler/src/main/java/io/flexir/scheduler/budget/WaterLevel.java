package io.flexir.scheduler.budget;

import java.time.Duration;
import java.time.Instant;

/**
 * How deep automatic jobs may go at present. A level is a pointer of the deepest model; {@link
 * #pointer} maps it to shallower ones.
 *
 * @param level 1 (shallowest) to the deepest model's n
 * @param changedAt when it last moved
 */
public record WaterLevel(int level, Instant changedAt) {
    /** Work is given up fast: a level a second. */
    static final Duration DOWN_EVERY = Duration.ofSeconds(1);

    /** And taken up slowly, so that a pause in a burst does not fill the queue again. */
    static final Duration UP_EVERY = Duration.ofSeconds(5);

    /** Deeper only when the backlog would then still drain within this share of the target. */
    static final double UP_SHARE = 0.75;

    public WaterLevel {
        if (level < 1) {
            throw new IllegalArgumentException("level must be at least 1, is " + level);
        }
    }

    /** Where a policy starts that knows nothing of the past: at once where the load puts it. */
    public static WaterLevel initial(LoadSnapshot load, double targetSeconds, Instant now) {
        int level = load.deepest();
        while (level > 1 && load.drainSeconds(level) > targetSeconds) {
            level--;
        }
        return new WaterLevel(level, now);
    }

    /**
     * The level from now on: at most one step from this one, up only with room to spare. A load
     * that stays the same cannot make it swing, because the condition for a step up excludes the
     * one for the step back.
     */
    public WaterLevel next(LoadSnapshot load, double targetSeconds, Instant now) {
        int current = Math.min(level, load.deepest());
        if (current > 1 && load.drainSeconds(current) > targetSeconds) {
            return rested(DOWN_EVERY, now) ? new WaterLevel(current - 1, now) : this;
        }
        boolean room =
                current < load.deepest()
                        && load.drainSeconds(current + 1) <= UP_SHARE * targetSeconds;
        return room && rested(UP_EVERY, now) ? new WaterLevel(current + 1, now) : this;
    }

    /**
     * The pointer that a level stands for in a model with {@code n} of them: the same share of it.
     */
    public static int pointer(int level, int deepest, int n) {
        return Math.clamp(Math.ceilDiv((long) level * n, deepest), 1, n);
    }

    private boolean rested(Duration rest, Instant now) {
        // A clock that was set back tells nothing of how long it rested.
        return now.isBefore(changedAt) || !now.isBefore(changedAt.plus(rest));
    }
}
