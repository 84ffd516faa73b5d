/**
 * Image files in and out: bytes to pixels with limits taken from the header, and pixels to bytes.
 *
 * <p>What is wrong with an input is a value ({@link io.flexir.worker.image.Refused}), never an
 * exception. What is kept beside the pixels is told in {@link
 * io.flexir.worker.image.ImageMetadata}.
 */
@NullMarked
package io.flexir.worker.image;

import org.jspecify.annotations.NullMarked;
