package io.flexir.scheduler.budget;

import java.util.List;

/**
 * The fleet's load at one moment.
 *
 * @param gigaMacsPerSecond what all ready workers do together; 0 while there is none
 * @param slotGigaMacsPerSecond what one slot does on average, or is thought to do while there is
 *     none
 * @param backlogGigaMacs predicted work of all queued jobs if they ran at level 1, 2, ... deepest;
 *     never falling
 */
public record LoadSnapshot(
        double gigaMacsPerSecond, double slotGigaMacsPerSecond, List<Double> backlogGigaMacs) {
    public LoadSnapshot {
        backlogGigaMacs = List.copyOf(backlogGigaMacs);
        if (backlogGigaMacs.isEmpty()) {
            throw new IllegalArgumentException("backlogGigaMacs needs an entry for each level");
        }
    }

    /** The deepest level there is. */
    public int deepest() {
        return backlogGigaMacs.size();
    }

    /** Whether anything can be predicted at all. */
    public boolean anybodyWorks() {
        return gigaMacsPerSecond > 0;
    }

    /** Seconds that one slot would need for the backlog at this level. */
    public double workerSeconds(int level) {
        return backlogGigaMacs.get(level - 1) / slotGigaMacsPerSecond;
    }

    /** Wall seconds in which the fleet would work off the backlog at this level. */
    public double drainSeconds(int level) {
        return backlogGigaMacs.get(level - 1) / gigaMacsPerSecond;
    }
}
