package io.flexir.worker.config;

import io.flexir.contracts.check.Require;

/**
 * Everything a worker is told when it starts.
 *
 * @param workerId names this worker in heartbeats, reports and receipts
 * @param pool the set of like workers whose orders it takes, such as {@code cpu}; {@code auto} is
 *     the one called as the kind of its device
 */
public record WorkerConfig(
        String workerId,
        String pool,
        KafkaSettings kafka,
        StoreSettings store,
        ComputeSettings compute,
        ImageSettings images,
        Timing timing,
        ManagementSettings management,
        TracingSettings tracing) {
    /** Leaves the pool to the device. */
    public static final String AUTOMATIC = "auto";

    public WorkerConfig {
        Require.name("workerId", workerId, 128);
        Require.name("pool", pool, 32);
    }

    /** One whose work is not traced. */
    public WorkerConfig(
            String workerId,
            String pool,
            KafkaSettings kafka,
            StoreSettings store,
            ComputeSettings compute,
            ImageSettings images,
            Timing timing,
            ManagementSettings management) {
        this(
                workerId,
                pool,
                kafka,
                store,
                compute,
                images,
                timing,
                management,
                TracingSettings.OFF);
    }

    /** The same, traced or not. */
    public WorkerConfig traced(TracingSettings other) {
        return new WorkerConfig(
                workerId, pool, kafka, store, compute, images, timing, management, other);
    }

    /** The same in the pool of a kind of device, where it is left to that. */
    public WorkerConfig inPoolOf(String kind) {
        return new WorkerConfig(
                workerId,
                pool.equals(AUTOMATIC) ? kind : pool,
                kafka,
                store,
                compute,
                images,
                timing,
                management,
                tracing);
    }
}
