package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;
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
 * while its slots are all taken, only against a much longer patience. One thread.
 */
final class Watchdog implements LedgerView {
    /** A pause of our own (a rebalance, a garbage collection) is nobody's silence. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final Patience patience;
    private final Map<JobId, Silence> watched = new HashMap<>();
    private final Map<String, Instant> lastTaken = new HashMap<>();
    private @Nullable Instant lastLook;

    Watchdog(Patience patience) {
        this.patience = patience;
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
            watched.put(id, new Silence(scheduled.pool()));
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
                        silence.grows(passed, fleet);
                    }
                    if (silence.exceeds(patience)) {
                        lost.add(new Lost(id, takenWithin(silence, now)));
                    }
                });
        return lost;
    }

    private boolean takenWithin(Silence silence, Instant now) {
        Instant taken = lastTaken.get(silence.pool);
        return taken != null && taken.isAfter(now.minus(silence.all));
    }

    private Duration sinceLastLook(Instant now) {
        Duration passed = lastLook == null ? Duration.ZERO : Duration.between(lastLook, now);
        if (passed.isNegative()) {
            return Duration.ZERO;
        }
        return passed.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : passed;
    }

    private static final class Silence {
        private final String pool;
        private Duration withRoom = Duration.ZERO;
        private Duration all = Duration.ZERO;

        Silence(String pool) {
            this.pool = pool;
        }

        void broken() {
            withRoom = Duration.ZERO;
            all = Duration.ZERO;
        }

        void grows(Duration passed, FleetView fleet) {
            if (fleet.slots(pool) == 0) {
                return;
            }
            all = all.plus(passed);
            withRoom = fleet.hasRoom(pool) ? withRoom.plus(passed) : Duration.ZERO;
        }

        boolean exceeds(Patience patience) {
            return withRoom.compareTo(patience.idle()) >= 0 || all.compareTo(patience.busy()) >= 0;
        }
    }
}
