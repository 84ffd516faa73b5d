package io.flexir.scheduler.api.resource;

import io.flexir.scheduler.api.view.FleetSlice;
import io.flexir.scheduler.load.WorkAhead;
import io.flexir.scheduler.scale.ScalingReport;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The fleet at one moment, and what it did lately ({@code Fleet} in the API description).
 *
 * @param work to be done
 * @param pools by name; none before the first look
 * @param workerCount all of them, also where only the first are told
 * @param slices the oldest first
 */
public record FleetResource(
        Instant at,
        Work work,
        Map<String, Pool> pools,
        PolicyResource policy,
        int workerCount,
        List<WorkerResource> workers,
        long sliceSeconds,
        List<Slice> slices) {
    /** What is to be done, in jobs and seconds of one slot. */
    public record Work(int queued, int out, double secondsAtFloor, double secondsAtFullDepth) {
        public static Work of(WorkAhead work) {
            return new Work(
                    work.queued(), work.out(), work.secondsAtFloor(), work.secondsAtFullDepth());
        }
    }

    /** Workers of a pool, as they are and as they should be. */
    public record Pool(int desiredWorkers, int readyWorkers) {}

    /** One slice of time. */
    public record Slice(
            Instant from,
            long restored,
            long failed,
            long withDeadline,
            long onTime,
            long degraded,
            double gigaMacs,
            double joules,
            SortedMap<Integer, Double> granted,
            SortedMap<Integer, Double> used,
            @Nullable Work backlog) {
        public static Slice of(FleetSlice slice) {
            return new Slice(
                    slice.from(),
                    slice.restored(),
                    slice.failed(),
                    slice.withDeadline(),
                    slice.onTime(),
                    slice.degraded(),
                    slice.gigaMacs(),
                    slice.joules(),
                    slice.granted(),
                    slice.used(),
                    slice.backlog() == null ? null : Work.of(slice.backlog()));
        }
    }

    /** Pools of a report. */
    public static Map<String, Pool> pools(ScalingReport report) {
        return report.pools().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                pool ->
                                        new Pool(
                                                pool.getValue().desiredWorkers(),
                                                pool.getValue().readyWorkers()),
                                (one, other) -> one,
                                TreeMap::new));
    }
}
