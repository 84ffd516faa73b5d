package io.flexir.worker.config;

import java.nio.file.Path;

/**
 * What a worker computes with.
 *
 * @param bundles directory that holds the models, one directory each
 * @param bundleCache for the models that the bucket has beside
 * @param device what the network is computed on
 * @param deviceMemoryBytes bound on a GPU's memory for each graph; 0 is none
 * @param slots orders worked on at once
 * @param threads threads that ONNX Runtime computes with, shared by all slots
 * @param wattsPerBusyThread power that one busy thread is taken to draw where the machine cannot
 *     measure energy
 */
public record ComputeSettings(
        Path bundles,
        BundleCacheSettings bundleCache,
        DeviceChoice device,
        long deviceMemoryBytes,
        int slots,
        int threads,
        double wattsPerBusyThread) {
    /**
     * A server's core under full load, memory and fans included: 205 W for 20 cores and their share
     * of the board.
     */
    public static final double DEFAULT_WATTS_PER_BUSY_THREAD = 12;

    public ComputeSettings {
        Check.between("deviceMemoryBytes", deviceMemoryBytes, 0, 1L << 50);
        Check.between("slots", slots, 1, 64);
        Check.between("threads", threads, 1, 1024);
        if (!(wattsPerBusyThread > 0 && wattsPerBusyThread <= 10_000)) {
            throw new IllegalArgumentException(
                    "wattsPerBusyThread must be above 0 and at most 10000, is "
                            + wattsPerBusyThread);
        }
    }

    /** With the usual cache of bundles. */
    public ComputeSettings(
            Path bundles,
            DeviceChoice device,
            long deviceMemoryBytes,
            int slots,
            int threads,
            double wattsPerBusyThread) {
        this(
                bundles,
                BundleCacheSettings.usual(),
                device,
                deviceMemoryBytes,
                slots,
                threads,
                wattsPerBusyThread);
    }

    /** One slot that uses every processor. */
    public static ComputeSettings oneSlot(Path bundles) {
        return onProcessor(bundles, 1, Runtime.getRuntime().availableProcessors());
    }

    /** On the processor, with the usual watts. */
    public static ComputeSettings onProcessor(Path bundles, int slots, int threads) {
        return new ComputeSettings(
                bundles, new DeviceChoice.Cpu(), 0, slots, threads, DEFAULT_WATTS_PER_BUSY_THREAD);
    }
}
