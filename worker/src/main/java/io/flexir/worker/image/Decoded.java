package io.flexir.worker.image;

/**
 * A decoded image, upright.
 *
 * @param header what the file said before decoding; its size is that before orientation
 */
public record Decoded(ImageHeader header, PixelImage image) implements DecodeResult {}
