package io.flexir.ops.local.stack;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.scheduler.config.ScalingConfig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What schedulers and workers in processes of their own are told: environment variables.
 *
 * @param bundles directory of the models
 * @param traced whether they export traces, to where the standard {@code OTEL_*} variables say
 */
public record ProcessSettings(Connections connections, Path bundles, boolean traced) {
    /** Processes that are not traced. */
    public ProcessSettings(Connections connections, Path bundles) {
        this(connections, bundles, false);
    }

    /**
     * What a worker is told.
     *
     * @param workerId names it in heartbeats and receipts
     * @param threads that it computes with
     */
    public Map<String, String> worker(String workerId, int threads) {
        Map<String, String> environment = new HashMap<>(common());
        environment.put("FLEXIR_WORKER_ID", workerId);
        environment.put("FLEXIR_POOL", FleetConfigs.POOL);
        environment.put("FLEXIR_THREADS", Integer.toString(threads));
        environment.put("FLEXIR_HEARTBEAT_MILLIS", "500");
        environment.put("FLEXIR_SHUTDOWN_GRACE_SECONDS", "60");
        return environment;
    }

    /**
     * What a scheduler is told: the same as {@link FleetConfigs#scheduler}.
     *
     * @param port of the API
     * @param managementPort of metrics and health
     */
    public Map<String, String> scheduler(
            int port, int managementPort, BudgetPolicy policy, ScalingConfig scaling) {
        Map<String, String> environment = new HashMap<>(common());
        environment.put("FLEXIR_PORT", Integer.toString(port));
        environment.put("FLEXIR_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("FLEXIR_API_KEY", connections.key().value());
        environment.put("FLEXIR_WEBHOOK_SECRET", StackWebhooks.secret(connections.key()));
        environment.put("FLEXIR_WEBHOOK_ALLOW", String.join(",", StackWebhooks.ALLOWED));
        environment.put("FLEXIR_POOLS", FleetConfigs.POOL);
        environment.put("FLEXIR_POLICY", option(policy));
        environment.put(
                "FLEXIR_ORDER_PATIENCE_SECONDS",
                seconds(ShareGroupSpec.of(FleetConfigs.POOL).lock().multipliedBy(2)));
        environment.put("FLEXIR_SCALE_MIN_WORKERS", Integer.toString(scaling.minWorkers()));
        environment.put("FLEXIR_SCALE_MAX_WORKERS", Integer.toString(scaling.maxWorkers()));
        environment.put("FLEXIR_SCALE_DRAIN_SECONDS", seconds(scaling.drainTarget()));
        environment.put("FLEXIR_SCALE_UP_SECONDS", seconds(scaling.upAfter()));
        environment.put("FLEXIR_SCALE_DOWN_SECONDS", seconds(scaling.downAfter()));
        return environment;
    }

    private static String seconds(Duration time) {
        return Long.toString(time.toSeconds());
    }

    /** As the scheduler's own option takes it. */
    private static String option(BudgetPolicy policy) {
        return switch (policy) {
            case BudgetPolicy.Fixed(int pointer) -> "fixed:" + pointer;
            case BudgetPolicy.Load(double seconds) -> "load:" + seconds;
            case BudgetPolicy.Slack() -> "slack";
            case BudgetPolicy.Gain() -> "gain";
        };
    }

    /** Where broker, store and models are. */
    private Map<String, String> common() {
        return Map.of(
                "FLEXIR_KAFKA",
                connections.bootstrapServers(),
                "FLEXIR_S3",
                connections.store().toString(),
                "FLEXIR_S3_ACCESS_KEY",
                connections.credentials().accessKey(),
                "FLEXIR_S3_SECRET_KEY",
                connections.credentials().secretKey(),
                "FLEXIR_S3_BUCKET",
                connections.bucket(),
                "FLEXIR_BUNDLES",
                bundles.toString(),
                "FLEXIR_TRACES",
                traced ? "otlp" : "off",
                "FLEXIR_MANAGEMENT_PORT",
                "0");
    }
}
