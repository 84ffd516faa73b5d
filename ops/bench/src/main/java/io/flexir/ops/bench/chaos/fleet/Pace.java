package io.flexir.ops.bench.chaos.fleet;

import io.flexir.ops.bench.chaos.plan.Place;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Holds a plan back for a fleet that has not got going again. A place is struck again only after a
 * job has ended since, or after long enough: on a slow machine a plan that goes by the clock alone
 * would meet a fleet that never comes to work. Pure; one thread.
 */
final class Pace {
    private final long longestNanos;
    private final Map<Place, Integer> endedWhenStruck = new EnumMap<>(Place.class);
    private long heldNanos;

    /**
     * @param longest that a fault is held back
     */
    Pace(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    /** How much later than planned everything comes by now. */
    Duration held() {
        return Duration.ofNanos(heldNanos);
    }

    /**
     * Whether a place may be struck.
     *
     * @param ended jobs so far
     * @param waited since the fault was due
     */
    boolean mayStrike(Place place, int ended, Duration waited) {
        return ended > endedWhenStruck.getOrDefault(place, -1) || waited.toNanos() >= longestNanos;
    }

    /**
     * It is struck now.
     *
     * @param waited since the fault was due
     */
    void struck(Place place, int ended, Duration waited) {
        endedWhenStruck.put(place, ended);
        heldNanos += waited.toNanos();
    }
}
