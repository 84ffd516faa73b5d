package io.flexir.scheduler.scale;

import io.flexir.scheduler.load.WorkAhead;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was decided, and from what.
 *
 * @param at when
 * @param work of the whole fleet
 * @param pools by name
 */
public record ScalingReport(Instant at, WorkAhead work, SortedMap<String, Pool> pools) {
    public ScalingReport {
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
    }

    /**
     * One pool.
     *
     * @param desiredWorkers that it should have
     * @param readyWorkers that it has
     * @param need what the number follows
     */
    public record Pool(int desiredWorkers, int readyWorkers, Need need) {}
}
