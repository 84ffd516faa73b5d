package io.flexir.ops.bench.speed;

import org.jspecify.annotations.Nullable;

/**
 * Medians over the rounds of a paired run.
 *
 * @param bundle name of the model
 * @param engineSeconds of one image in the engine: the network, and cutting and joining tiles
 * @param gigaMacs that the engine executes for it, halo and padding included
 * @param pytorchSeconds of one image in PyTorch, in the fastest way
 * @param faster that way
 * @param product the machine's peak
 * @param fusedSeconds of one image in a single graph of the same depth; null where not asked for
 */
public record Measured(
        String bundle,
        Point point,
        double engineSeconds,
        double gigaMacs,
        double pytorchSeconds,
        Way faster,
        Product product,
        @Nullable Double fusedSeconds) {

    /** For scripts. */
    public Pair pair() {
        double imagesPerSecond = 1 / engineSeconds;
        double pytorchImagesPerSecond = 1 / pytorchSeconds;
        return new Pair(
                bundle,
                point.size(),
                point.pointer(),
                imagesPerSecond,
                pytorchImagesPerSecond,
                imagesPerSecond / pytorchImagesPerSecond,
                gigaMacs / engineSeconds,
                product.gigaMacsPerSecond());
    }

    /** Of the peak, what the engine reaches. */
    double shareOfPeak() {
        return gigaMacs / engineSeconds / product.gigaMacsPerSecond();
    }
}
