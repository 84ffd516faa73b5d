package io.flexir.ops.bench.worker;

import io.flexir.contracts.work.PhaseSeconds;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How one worker's wall time went over photos that it restored one after the other.
 *
 * @param photos so many
 * @param wallSeconds from the end of the photo before them to the end of the last
 * @param mean seconds of one photo by phase
 */
public record WorkerTimes(int photos, double wallSeconds, PhaseSeconds mean) {

    /**
     * @param phases of each photo
     */
    static WorkerTimes of(double wallSeconds, List<PhaseSeconds> phases) {
        return new WorkerTimes(
                phases.size(),
                wallSeconds,
                new PhaseSeconds(
                        mean(phases, PhaseSeconds::fetch),
                        mean(phases, PhaseSeconds::decode),
                        mean(phases, PhaseSeconds::inference),
                        mean(phases, PhaseSeconds::tiling),
                        mean(phases, PhaseSeconds::encode),
                        mean(phases, PhaseSeconds::store)));
    }

    private static double mean(List<PhaseSeconds> phases, ToDoubleFunction<PhaseSeconds> phase) {
        return phases.stream().mapToDouble(phase).average().orElseThrow();
    }

    /** Wall seconds of a photo. */
    public double secondsPerPhoto() {
        return wallSeconds / photos;
    }

    /**
     * Of a photo's wall seconds, those in no phase: taking the order, looking for a receipt,
     * writing it, reporting. Negative where phases of two photos overlap by more than that.
     */
    public double between() {
        return secondsPerPhoto() - mean.total();
    }

    /** The part of the wall time in which the network did not run. */
    public double shareAround() {
        return 1 - mean.inference() / secondsPerPhoto();
    }
}
