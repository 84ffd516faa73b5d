package io.flexir.worker.pipeline;

import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.worker.image.ImageFormat;
import io.flexir.worker.image.PixelImage;

/**
 * The input, decoded.
 *
 * @param source the object as it was read, pinned
 * @param bytes its size
 * @param format of the file
 * @param pixels upright
 */
record Picture(ObjectReference source, long bytes, ImageFormat format, PixelImage pixels) {
    ImageSize size() {
        return new ImageSize(pixels.width(), pixels.height());
    }
}
