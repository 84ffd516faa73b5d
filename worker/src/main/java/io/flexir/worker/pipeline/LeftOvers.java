package io.flexir.worker.pipeline;

/**
 * What is left on the heap of images and phases before takes memory until it is collected, and the
 * collector would rather let the heap grow. A large image is to find as much as it would find in a
 * new process.
 */
final class LeftOvers {
    /** From here on restoring takes seconds, and a collection a hundredth of that. */
    private static final long LARGE_PIXELS = 10_000_000;

    private LeftOvers() {}

    /**
     * @param pixels of the image that is about to take memory
     */
    static void collectBefore(long pixels) {
        if (pixels >= LARGE_PIXELS) {
            System.gc();
        }
    }
}
