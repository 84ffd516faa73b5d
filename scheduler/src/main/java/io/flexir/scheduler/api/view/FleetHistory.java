package io.flexir.scheduler.api.view;

import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.scheduler.scale.ScalingReport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The last hour of the whole fleet in slices, by the instants at which jobs ended: the same in
 * every scheduler, and after a restart. The backlog alone is what this scheduler saw itself.
 * Thread-safe.
 */
public final class FleetHistory {
    /** Of one slice. */
    public static final Duration SLICE = Duration.ofSeconds(20);

    private static final int SLICES = 180;

    private final TreeMap<Instant, FleetSlice> slices = new TreeMap<>();
    private @Nullable ScalingReport latest;

    /** A job has ended; to be told once. What ended too long ago is not kept. */
    public synchronized void ended(JobView job, Instant now) {
        Outcome outcome = job.outcome();
        if (outcome != null) {
            update(outcome.finishedAt(), now, slice -> slice.with(job));
        }
    }

    /** Somebody looked at what is to be done. */
    public synchronized void sampled(ScalingReport report) {
        latest = report;
        update(report.at(), report.at(), slice -> slice.with(report.work()));
    }

    /** The latest look; none before the first. */
    public synchronized Optional<ScalingReport> latest() {
        return Optional.ofNullable(latest);
    }

    /** Slices in which anything was seen, the oldest first, from so long before now on. */
    public synchronized List<FleetSlice> last(Duration span, Instant now) {
        return List.copyOf(slices.tailMap(startOf(now.minus(span)), true).values());
    }

    /** All that is kept. */
    public List<FleetSlice> all(Instant now) {
        return last(SLICE.multipliedBy(SLICES - 1), now);
    }

    private void update(Instant at, Instant now, UnaryOperator<FleetSlice> change) {
        Instant oldest = startOf(now).minus(SLICE.multipliedBy(SLICES - 1));
        slices.headMap(oldest).clear();
        Instant from = startOf(at);
        // A clock that is ahead must not fill memory.
        if (!from.isBefore(oldest) && !from.isAfter(now.plus(SLICE))) {
            slices.put(from, change.apply(slices.getOrDefault(from, FleetSlice.empty(from))));
        }
    }

    private static Instant startOf(Instant at) {
        long seconds = SLICE.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    }
}
