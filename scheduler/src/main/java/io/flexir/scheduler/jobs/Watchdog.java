package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.Terms;
import io.flexir.scheduler.load.FleetView;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notices orders that no worker holds. An order may lie unread in its topic for good reasons, so
 * silence counts only as far as it says something: not while the pool has no ready worker; and
 * while its slots are all taken, only against a much longer patience. What went to a pool that is
 * none any more is not waited for. One thread.
 */
final class Watchdog implements LedgerView {
    /** A pause of our own (a rebalance, a garbage collection) is nobody's silence. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    /**
     * What a worker said of an order, or of its end, may be on its way for so long. Only time
     * counts in which we looked: while we were away nothing could reach us.
     */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(3);

    private final Patience patience;
    private final Set<String> pools;
    private final Map<JobId, Silence> watched = new HashMap<>();
    private final Map<String, Instant> lastTaken = new HashMap<>();
    private @Nullable Instant lastLook;

    /**
     * @param pools that orders may go to
     */
    Watchdog(Patience patience, List<String> pools) {
        this.patience = patience;
        this.pools = Set.copyOf(pools);
    }

    /**
     * An order that seems to be lost.
     *
     * @param othersWereTaken whether the pool took another order meanwhile: if not, it is the pool
     *     that does not work, and this job is not to blame
     */
    record Lost(JobId jobId, boolean othersWereTaken) {}

    @Override
    public void entered(JobId id, Job state) {
        if (state instanceof Job.Scheduled scheduled) {
            watched.put(id, new Silence(scheduled.pool(), failsAt(scheduled.request().terms())));
        }
    }

    @Override
    public void left(JobId id, Job state) {
        if (state instanceof Job.Scheduled) {
            watched.remove(id);
        }
    }

    /** A worker of this pool took an order: it has reported it. */
    void taken(String pool, Instant at) {
        lastTaken.put(pool, at);
    }

    /** Looks at the fleet, about every second, and says which orders seem lost now. */
    List<Lost> look(FleetView fleet, Instant now) {
        Duration passed = sinceLastLook(now);
        lastLook = now;
        Set<JobId> inFlight = fleet.jobsInFlight();
        List<Lost> lost = new ArrayList<>();
        watched.forEach(
                (id, silence) -> {
                    if (inFlight.contains(id)) {
                        silence.broken();
                        taken(silence.pool, now);
                    } else {
                        silence.grows(passed.toMillis(), fleet, now);
                    }
                    boolean unread = !pools.contains(silence.pool) && silence.lasts(ON_ITS_WAY);
                    if (unread || silence.exceeds(patience)) {
                        lost.add(new Lost(id, takenWithin(silence, now)));
                    }
                });
        return lost;
    }

    /**
     * Orders that no worker holds, of jobs that would rather fail than be late, and are late: as
     * far as was seen in the looks so far. Where nobody is heard of it may be us who cannot hear,
     * and they are given the time that a worker is given.
     */
    List<JobId> expired(FleetView fleet) {
        Duration enough = fleet.isSilent() ? patience.idle() : ON_ITS_WAY;
        return watched.entrySet().stream()
                .filter(entry -> entry.getValue().late >= enough.toMillis())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static @Nullable Instant failsAt(Terms terms) {
        return terms.onMiss() == OnMiss.FAIL ? terms.deadline() : null;
    }

    private boolean takenWithin(Silence silence, Instant now) {
        Instant taken = lastTaken.get(silence.pool);
        return taken != null && taken.isAfter(now.minusMillis(silence.all));
    }

    private Duration sinceLastLook(Instant now) {
        Duration passed = lastLook == null ? Duration.ZERO : Duration.between(lastLook, now);
        if (passed.isNegative()) {
            return Duration.ZERO;
        }
        return passed.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : passed;
    }

    /** In milliseconds, side by side: there is one of these for each order that is out. */
    private static final class Silence {
        private final String pool;
        private final @Nullable Instant failsAt;
        private long withRoom;
        private long all;

        /** Whether or not somebody could have taken it. */
        private long unheld;

        /** The part of that after its deadline, where it fails then. */
        private long late;

        Silence(String pool, @Nullable Instant failsAt) {
            this.pool = pool;
            this.failsAt = failsAt;
        }

        void broken() {
            withRoom = 0;
            all = 0;
            unheld = 0;
            late = 0;
        }

        void grows(long passed, FleetView fleet, Instant now) {
            unheld += passed;
            if (failsAt != null && now.isAfter(failsAt)) {
                late += passed;
            }
            if (fleet.slots(pool) == 0) {
                return;
            }
            all += passed;
            withRoom = fleet.hasRoom(pool) ? withRoom + passed : 0;
        }

        boolean lasts(Duration atLeast) {
            return unheld >= atLeast.toMillis();
        }

        boolean exceeds(Patience patience) {
            return withRoom >= patience.idle().toMillis() || all >= patience.busy().toMillis();
        }
    }
}
