package io.flexir.ops.bench.quality.degrade;

import io.flexir.ops.bench.image.Raster;
import io.flexir.ops.bench.quality.measure.Quality;
import io.flexir.ops.bench.quality.measure.Yardstick;

/**
 * A clean picture and what a condition made of it.
 *
 * @param clean what a perfect restoration would be
 * @param input what the network is fed
 * @param unrestored the input in the size of the clean picture
 * @param yardstick how restorations are compared with the clean picture
 * @param border pixels on each side that are not compared
 */
public record Degraded(
        Raster clean, Raster input, Raster unrestored, Yardstick yardstick, int border) {

    /** How near a restoration of the input comes to the clean picture. */
    public Quality quality(Raster restored) {
        return yardstick.compare(clean, restored, border);
    }
}
