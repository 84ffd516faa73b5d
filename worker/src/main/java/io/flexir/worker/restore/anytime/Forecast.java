package io.flexir.worker.restore.anytime;

import io.flexir.contracts.work.PointerBudget;

/**
 * How long a job still takes, each way. Seconds from now to the outcome, encoding and storing
 * included.
 *
 * @param soonest stopping the current wave as early as the budget allows, later waves at the
 *     budget's min
 * @param oneMoreStage giving the current wave one stage more, later waves at the budget's min
 */
public record Forecast(double soonest, double oneMoreStage) {
    /**
     * Foresees a job from what its worker has measured.
     *
     * @param pointer stages that the current wave has passed
     * @param wavePixels pixels fed to the network for the regions of the current wave that have not
     *     stopped
     * @param laterPixels pixels that later waves will feed
     */
    public static Forecast of(
            PixelSeconds speeds,
            int pointer,
            PointerBudget budget,
            long wavePixels,
            long laterPixels,
            TimeLimit limit) {
        double rest = laterPixels * speeds.whole(budget.min()) + seconds(limit);
        int stop = Math.max(pointer, budget.min());
        int further = Math.min(Math.max(pointer + 1, budget.min()), budget.target());
        return new Forecast(
                wavePixels * speeds.finish(pointer, stop) + rest,
                wavePixels * speeds.finish(pointer, further) + rest);
    }

    private static double seconds(TimeLimit limit) {
        return limit.encodeAndStore().toNanos() / 1e9;
    }
}
