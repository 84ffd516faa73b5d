package io.flexir.ops.bench.quality.degrade;

import io.flexir.ops.bench.image.Raster;

/** What is done to a clean picture before it is restored. Deterministic. */
public sealed interface Condition permits Noise, JpegCompression, Downscale {

    /** Short, for a table's cell, such as {@code sigma 25}. */
    String label();

    /** One sentence: what is done, and what is then measured. */
    String protocol();

    /** Output pixels per input pixel, per axis, of a model that undoes it. */
    int scale();

    /** The shortest side of a picture that can be degraded and measured, in pixels. */
    int smallestSide();

    /**
     * @param clean in colour
     */
    Degraded degrade(Raster clean);
}
