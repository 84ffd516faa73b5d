package io.flexir.worker.config;

import java.nio.file.Path;

/**
 * What a worker computes with.
 *
 * @param bundles directory that holds the models, one directory each
 * @param slots orders worked on at once
 * @param threads threads that ONNX Runtime computes with, shared by all slots
 * @param maxPixels an image of more pixels is rejected
 * @param wattsPerBusyThread power that one busy thread is taken to draw where the machine cannot
 *     measure energy
 */
public record ComputeSettings(
        Path bundles, int slots, int threads, long maxPixels, double wattsPerBusyThread) {
    /** 50 megapixels. */
    public static final long DEFAULT_MAX_PIXELS = 50_000_000;

    /**
     * A server's core under full load, memory and fans included: 205 W for 20 cores and their share
     * of the board.
     */
    public static final double DEFAULT_WATTS_PER_BUSY_THREAD = 12;

    public ComputeSettings {
        Check.between("slots", slots, 1, 64);
        Check.between("threads", threads, 1, 1024);
        Check.between("maxPixels", maxPixels, 1, 1_000_000_000L);
        if (!(wattsPerBusyThread > 0 && wattsPerBusyThread <= 10_000)) {
            throw new IllegalArgumentException(
                    "wattsPerBusyThread must be above 0 and at most 10000, is "
                            + wattsPerBusyThread);
        }
    }

    /** One slot that uses every processor. */
    public static ComputeSettings oneSlot(Path bundles) {
        return new ComputeSettings(
                bundles,
                1,
                Runtime.getRuntime().availableProcessors(),
                DEFAULT_MAX_PIXELS,
                DEFAULT_WATTS_PER_BUSY_THREAD);
    }
}
