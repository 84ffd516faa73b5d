package io.flexir.worker.config;

import io.flexir.contracts.check.Require;

/**
 * Everything a worker is told when it starts.
 *
 * @param workerId names this worker in heartbeats, reports and receipts
 * @param pool the set of like workers whose orders it takes, such as {@code cpu}
 */
public record WorkerConfig(
        String workerId,
        String pool,
        KafkaSettings kafka,
        StoreSettings store,
        ComputeSettings compute,
        Timing timing,
        ManagementSettings management) {
    public WorkerConfig {
        Require.name("workerId", workerId, 128);
        Require.name("pool", pool, 32);
    }
}
