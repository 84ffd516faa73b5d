package io.flexir.ops.bench.quality;

import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.image.Raster;
import io.flexir.ops.bench.quality.measure.Quality;

import org.jspecify.annotations.Nullable;

/**
 * One measured picture.
 *
 * @param set the folder that it comes from
 * @param condition label of what was done to it; empty where nothing was
 * @param image its file name
 * @param params trained parameters that may run; 0 for the input
 * @param picture clamped to black and white where the engine made it
 * @param quality null where there is no clean picture to compare with
 * @param cost null for the input
 */
public record Result(
        String set,
        String condition,
        String image,
        Candidate candidate,
        long params,
        Raster picture,
        @Nullable Quality quality,
        @Nullable Cost cost) {}
