package io.flexir.scheduler;

import io.flexir.scheduler.config.SchedulerConfig;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/**
 * A scheduler's options. Each is a flag, and an environment variable that gives the flag its
 * default.
 */
public final class SchedulerOptions {
    @Mixin private KafkaOptions kafka;
    @Mixin private StoreOptions store;
    @Mixin private HttpOptions http;
    @Mixin private JobsOptions jobs;
    @Mixin private ScalingOptions scaling;
    @Mixin private KeepingOptions keeping;
    @Mixin private CostsOptions costs;
    @Mixin private WebhookOptions webhooks;
    @Mixin private TracingOptions tracing;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-ops/models}",
            description =
                    "Holds the trained models, one directory each (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    /**
     * The configuration, checked.
     *
     * @throws io.flexir.scheduler.config.InvalidConfigException with everything that is wrong
     */
    public SchedulerConfig toConfig() {
        return new SchedulerConfig(
                kafka.toConfig(),
                store.toConfig(),
                http.toConfig(),
                jobs.toConfig(),
                scaling.toConfig(),
                keeping.toConfig(),
                costs.toConfig(),
                webhooks.toConfig(),
                tracing.toConfig(),
                bundles);
    }
}
