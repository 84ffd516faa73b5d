package io.flexir.ops.bench.speed;

/**
 * The engine and PyTorch at one point, in turns on one machine.
 *
 * @param bundle name of the model
 * @param size width and height of the image, in pixels
 * @param pointer the last stage that ran
 * @param imagesPerSecond of the engine
 * @param pytorchImagesPerSecond of the fastest way to use it
 * @param ratio of the two, over 1 where the engine is faster
 * @param gmacsPerSecond multiply-adds that the engine executes a second, in 10^9
 * @param sgemmGmacsPerSecond those of a large fp32 matrix product, measured in the same rounds
 */
public record Pair(
        String bundle,
        int size,
        int pointer,
        double imagesPerSecond,
        double pytorchImagesPerSecond,
        double ratio,
        double gmacsPerSecond,
        double sgemmGmacsPerSecond) {}
