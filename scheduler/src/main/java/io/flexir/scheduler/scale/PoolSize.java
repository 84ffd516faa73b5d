package io.flexir.scheduler.scale;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * How many workers a pool should have. Immutable: each look at the need makes the next one.
 *
 * <p>Depth is given up first, by the budget policy and at once; workers come second. Work that is
 * too much even at the floor adds them at once, work that only full depth makes too much after it
 * has been so for a while, by the least that was missing all that time. They go only after fewer
 * would have done for a longer while, down to the most that were needed in it.
 *
 * <p>The need to go up lies above the one to go down by twice {@link #TOLERANCE}, so neither a
 * constant need nor one that varies by less makes it swing.
 *
 * @param workers the number
 * @param changedAt when it last moved
 * @param tooFew since when more are wanted, and the least that were
 * @param tooMany since when fewer would do, and the most that would have been needed
 */
public record PoolSize(
        int workers, Instant changedAt, @Nullable Run tooFew, @Nullable Run tooMany) {
    /** By this share the need may be wrong without any consequence. */
    static final double TOLERANCE = 0.1;

    /** A step down takes a part of so many at most. */
    static final int SMALLEST_PART = 4;

    /** Work of this share of a worker is nothing. */
    private static final double NOTHING = 1e-3;

    /** Where it starts that knows nothing of the past: at what there is. */
    public static PoolSize initial(int readyWorkers, ScalingRules rules) {
        return new PoolSize(rules.bounded(readyWorkers), Instant.EPOCH, null, null);
    }

    /** The size from now on: at most one step from this one. */
    public PoolSize next(Need need, ScalingRules rules, Instant now) {
        if (now.isBefore(changedAt) || isAhead(tooFew, now) || isAhead(tooMany, now)) {
            // The clock was set back, and what was seen by it tells nothing any more.
            Instant since = now.isBefore(changedAt) ? now : changedAt;
            return new PoolSize(workers, since, null, null).next(need, rules, now);
        }
        int wanted = whole(need.atFullDepth() * (1 - TOLERANCE), need, rules);
        int enough = whole(need.atFullDepth() * (1 + TOLERANCE), need, rules);
        if (wanted > workers) {
            int atOnce = whole(need.atFloor() * (1 - TOLERANCE), need, rules);
            return pressed(wanted, atOnce, rules, now);
        }
        return enough < workers
                ? eased(enough, rules, now)
                : new PoolSize(workers, changedAt, null, null);
    }

    private static boolean isAhead(@Nullable Run run, Instant now) {
        return run != null && run.since().isAfter(now);
    }

    /** At most twice as many; one where there is none, without waiting. */
    private PoolSize pressed(int wanted, int atOnce, ScalingRules rules, Instant now) {
        Run run = tooFew == null ? new Run(now, wanted) : tooFew.atMost(wanted);
        int target = run.lasted(rules.upAfter(), now) ? run.workers() : atOnce;
        boolean rested = workers == 0 || !now.isBefore(changedAt.plus(rules.upAfter()));
        if (target <= workers || !rested) {
            return new PoolSize(workers, changedAt, run, null);
        }
        int stepped = Math.min(target, workers + Math.max(1, workers));
        return new PoolSize(stepped, now, stepped < wanted ? new Run(now, wanted) : null, null);
    }

    /** At most a quarter fewer, and one of few. */
    private PoolSize eased(int enough, ScalingRules rules, Instant now) {
        Run run = tooMany == null ? new Run(now, enough) : tooMany.atLeast(enough);
        if (!run.lasted(rules.downAfter(), now)) {
            return new PoolSize(workers, changedAt, null, run);
        }
        int stepped = Math.max(run.workers(), workers - Math.max(1, workers / SMALLEST_PART));
        return new PoolSize(stepped, now, null, stepped > enough ? new Run(now, enough) : null);
    }

    private static int whole(double need, Need of, ScalingRules rules) {
        double workers = Math.ceil(need - NOTHING);
        return rules.bounded(of.anyWork() ? Math.max(1, workers) : workers);
    }

    /**
     * Looks in a row that all asked for the same direction.
     *
     * @param since the first
     * @param workers the most modest wish among them
     */
    record Run(Instant since, int workers) {
        Run atMost(int wanted) {
            return new Run(since, Math.min(workers, wanted));
        }

        Run atLeast(int enough) {
            return new Run(since, Math.max(workers, enough));
        }

        boolean lasted(Duration time, Instant now) {
            return !now.isBefore(since.plus(time));
        }
    }
}
