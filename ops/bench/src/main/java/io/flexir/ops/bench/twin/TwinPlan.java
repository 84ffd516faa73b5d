package io.flexir.ops.bench.twin;

import io.flexir.ops.bench.simulate.Trace;

import java.nio.file.Path;

/**
 * What both sides are asked.
 *
 * @param trace when jobs come, and how large each is beside the others
 * @param attainment share of deadlines that the simulation has to predict for full depth: the
 *     arrivals are made as fast or slow as that takes
 * @param meanPixels of an image
 * @param samples directory of clean photos, PNG
 * @param seed draws what jobs ask for
 */
public record TwinPlan(
        Trace trace, double attainment, double meanPixels, Path samples, long seed) {}
