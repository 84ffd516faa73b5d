package io.flexir.ops.bench.quality;

import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.quality.measure.Quality;

import org.jspecify.annotations.Nullable;

/**
 * Means over the images of one set, under one condition.
 *
 * @param set the folder's name
 * @param condition label of what was done to the images; empty where nothing was
 * @param candidate what was measured
 * @param params trained parameters of the graphs that may run; 0 for the input
 * @param images how many
 * @param quality null where there are no clean images to compare with
 * @param cost per image; null for the input
 */
public record Row(
        String set,
        String condition,
        Candidate candidate,
        long params,
        int images,
        @Nullable Quality quality,
        @Nullable Cost cost) {}
