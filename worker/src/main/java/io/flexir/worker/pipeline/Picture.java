package io.flexir.worker.pipeline;

import io.flexir.worker.image.PixelImage;

/**
 * The input, decoded.
 *
 * @param pixels upright
 */
record Picture(Origin origin, PixelImage pixels) {}
