package io.flexir.worker.pipeline;

import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.worker.image.ImageFormat;

/**
 * Where a picture came from.
 *
 * @param source the object as it was read, pinned
 * @param bytes its size
 * @param format of the file
 * @param size of the picture, upright
 */
record Origin(ObjectReference source, long bytes, ImageFormat format, ImageSize size) {}
