package io.flexir.worker.restore.exit;

import io.flexir.worker.restore.region.Rect;

/**
 * A part of a tile and what becomes of it.
 *
 * @param pixels where it lies in the tile
 * @param goesOn whether it goes a stage deeper; else it stops here
 * @param payoff percent of the image's squared error that the next stage is expected to take off
 *     for a thousand multiply-adds, halo paid; 0 where nothing is to be gained
 */
public record Part(Rect pixels, boolean goesOn, double payoff) {
    /** The same part, stopping here. */
    public Part stopped() {
        return new Part(pixels, false, payoff);
    }
}
