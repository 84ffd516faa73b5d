package io.flexir.ops.bench.worker;

import io.flexir.contracts.work.PhaseSeconds;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How one worker's wall time went over photos that it restored, as many at a time as it has slots.
 *
 * @param slots of the worker
 * @param photos so many
 * @param wallSeconds from the end of the photo before them to the end of the last
 * @param mean seconds of one photo by phase
 * @param engineSeconds wall time of one photo in the engine alone, as many at a time
 */
public record WorkerTimes(
        int slots, int photos, double wallSeconds, PhaseSeconds mean, double engineSeconds) {

    /**
     * @param phases of each photo
     */
    static WorkerTimes of(
            int slots, double wallSeconds, List<PhaseSeconds> phases, double engineSeconds) {
        return new WorkerTimes(
                slots,
                phases.size(),
                wallSeconds,
                new PhaseSeconds(
                        mean(phases, PhaseSeconds::fetch),
                        mean(phases, PhaseSeconds::decode),
                        mean(phases, PhaseSeconds::inference),
                        mean(phases, PhaseSeconds::tiling),
                        mean(phases, PhaseSeconds::encode),
                        mean(phases, PhaseSeconds::store)),
                engineSeconds);
    }

    private static double mean(List<PhaseSeconds> phases, ToDoubleFunction<PhaseSeconds> phase) {
        return phases.stream().mapToDouble(phase).average().orElseThrow();
    }

    /** Seconds that a photo has a slot. */
    public double secondsPerPhoto() {
        return slots * wallSeconds / photos;
    }

    /**
     * Of a photo's seconds, those in no phase: taking the order, writing the receipt, reporting.
     * Negative where they are fewer than those in which a neighbour was computed meanwhile.
     */
    public double between() {
        return secondsPerPhoto() - mean.total();
    }

    /** Photos a second by those of the engine alone, the same minute. */
    public double shareOfEngine() {
        return engineSeconds * photos / wallSeconds;
    }

    /** The part of the slots' wall time in which the network did not run for them. */
    public double shareAround() {
        return 1 - mean.inference() / secondsPerPhoto();
    }
}
