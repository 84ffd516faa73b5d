package io.flexir.ops.bench.engine;

/**
 * What a restoration took.
 *
 * @param gigaMacs multiply-adds executed, in 10^9, halo and padding included
 * @param seconds wall time in the engine: the network, and cutting and joining tiles
 * @param meanPointer over the regions, weighted by area
 */
public record Cost(double gigaMacs, double seconds, double meanPointer) {}
