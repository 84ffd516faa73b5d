package io.flexir.worker.restore;

/**
 * Memory bounds of the engine.
 *
 * @param maxTilePixels input pixels, halo included, that one job feeds at a time: the largest
 *     memory tile of regular inference, all regions of a wave together in adaptive inference. Meant
 *     for a model with 16 feature values a pixel (64 channels on tokens of 2 x 2 pixels); one with
 *     more is fed proportionally fewer pixels, as {@link #tilePixels} says
 * @param maxIdleBufferBytes native buffer memory kept for the next job
 */
public record EngineSettings(long maxTilePixels, long maxIdleBufferBytes) {
    private static final long DEFAULT_TILE_PIXELS = 640L * 640;
    private static final double FEATURES_PER_PIXEL = 16;
    private static final long DEFAULT_IDLE_BYTES = 64L << 20;

    /** Of a model with 16 feature values a pixel, measured; see the decision on image memory. */
    private static final long BYTES_PER_TILE_PIXEL = 700;

    private static final long BYTES_PER_OUTPUT_PIXEL = 24;

    /** One tile for a photo of up to 640 x 640 pixels, 64 MiB of idle buffers. */
    public static final EngineSettings DEFAULT =
            new EngineSettings(DEFAULT_TILE_PIXELS, DEFAULT_IDLE_BYTES);

    public EngineSettings {
        if (maxTilePixels < 1 || maxIdleBufferBytes < 0) {
            throw new IllegalArgumentException(
                    "maxTilePixels must be at least 1, is "
                            + maxTilePixels
                            + "; maxIdleBufferBytes must not be negative, is "
                            + maxIdleBufferBytes);
        }
    }

    /** Input pixels fed at a time to a model of this shape: memory goes with its features. */
    long tilePixels(int embedding, int unshuffle) {
        double features = (double) embedding / (unshuffle * unshuffle);
        return (long) (maxTilePixels * Math.min(1, FEATURES_PER_PIXEL / features));
    }

    /** Bytes that one job takes in the engine for an image of so many pixels, with its buffers. */
    long workspaceBytes(long pixels, int scale) {
        long tile = Math.min(pixels, maxTilePixels);
        return tile * (BYTES_PER_TILE_PIXEL + BYTES_PER_OUTPUT_PIXEL * scale * scale);
    }
}
