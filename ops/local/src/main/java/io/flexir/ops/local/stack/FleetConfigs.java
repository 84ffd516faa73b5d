package io.flexir.ops.local.stack;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.store.EmbeddedObjectStore;
import io.flexir.scheduler.config.HttpConfig;
import io.flexir.scheduler.config.JobsConfig;
import io.flexir.scheduler.config.KafkaConfig;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.config.SchedulerConfig;
import io.flexir.scheduler.config.StoreConfig;
import io.flexir.scheduler.config.TracingConfig;
import io.flexir.worker.config.ComputeSettings;
import io.flexir.worker.config.ImageSettings;
import io.flexir.worker.config.KafkaSettings;
import io.flexir.worker.config.ManagementSettings;
import io.flexir.worker.config.StoreSettings;
import io.flexir.worker.config.Timing;
import io.flexir.worker.config.TracingSettings;
import io.flexir.worker.config.WorkerConfig;

import java.nio.file.Path;
import java.time.Duration;

/** What scheduler and workers are told so that they meet on one {@link Infrastructure}. */
public final class FleetConfigs {

    /** The only pool of a local stack. */
    public static final String POOL = "cpu";

    private static final String REGION = "us-east-1";

    /** A user who stops the stack does not wait long for the orders in hand. */
    private static final Timing TIMING =
            new Timing(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Timing.DEFAULT.longestStage(),
                    Timing.DEFAULT.outageHold());

    private final Infrastructure infrastructure;
    private final Path bundles;
    private final boolean traced;

    /**
     * @param bundles directory of the models
     */
    public FleetConfigs(Infrastructure infrastructure, Path bundles) {
        this(infrastructure, bundles, false);
    }

    /**
     * @param bundles directory of the models
     * @param traced whether they export traces
     */
    public FleetConfigs(Infrastructure infrastructure, Path bundles, boolean traced) {
        this.infrastructure = infrastructure;
        this.bundles = bundles;
        this.traced = traced;
    }

    /**
     * @param port of the API, 0 for a free one
     * @param policy how it grants depth
     * @param scaling how many workers it wants
     */
    public SchedulerConfig scheduler(int port, BudgetPolicy policy, ScalingConfig scaling) {
        EmbeddedObjectStore store = infrastructure.store();
        return new SchedulerConfig(
                        kafka(),
                        StoreConfig.withDefaults(
                                store.endpoint(),
                                store.credentials().accessKey(),
                                new io.flexir.scheduler.storage.Secret(
                                        store.credentials().secretKey()),
                                store.bucket()),
                        HttpConfig.onLoopback()
                                .withPorts(port, 0)
                                .withApiKey(
                                        new io.flexir.scheduler.storage.Secret(
                                                infrastructure.key().value())),
                        JobsConfig.DEFAULT
                                .withLockDuration(ShareGroupSpec.of(POOL).lock())
                                .withPolicy(policy),
                        scaling,
                        bundles)
                .telling(StackWebhooks.config(infrastructure.key()))
                .traced(traced ? TracingConfig.OTLP : TracingConfig.OFF);
    }

    /** The scheduler's own directory goes and stays with the stack's. */
    private KafkaConfig kafka() {
        KafkaConfig usual = KafkaConfig.withDefaults(infrastructure.broker().bootstrapServers());
        return new KafkaConfig(
                usual.bootstrapServers(),
                usual.properties(),
                usual.routes(),
                usual.applicationId(),
                usual.instanceId(),
                usual.threads(),
                infrastructure.directory("scheduler"),
                usual.commitInterval(),
                usual.sessionTimeout(),
                usual.transactionTimeout());
    }

    /**
     * A worker with one slot that uses every processor.
     *
     * @param workerId names it in heartbeats and receipts
     */
    public WorkerConfig worker(String workerId) {
        return worker(workerId, 1, Runtime.getRuntime().availableProcessors());
    }

    /**
     * @param workerId names it in heartbeats and receipts
     * @param slots photos that it restores at once
     * @param threads that its process computes with
     */
    public WorkerConfig worker(String workerId, int slots, int threads) {
        EmbeddedObjectStore store = infrastructure.store();
        return new WorkerConfig(
                workerId,
                POOL,
                KafkaSettings.plain(infrastructure.broker().bootstrapServers()),
                new StoreSettings(
                        store.endpoint(),
                        REGION,
                        store.credentials().accessKey(),
                        io.flexir.worker.config.Secret.of(store.credentials().secretKey()),
                        store.bucket(),
                        StoreSettings.DEFAULT_MAX_INPUT_BYTES),
                ComputeSettings.onProcessor(bundles, slots, threads),
                ImageSettings.DEFAULT,
                TIMING,
                ManagementSettings.ANY_PORT,
                traced ? TracingSettings.OTLP : TracingSettings.OFF);
    }

    /** The same for processes of their own. */
    public ProcessSettings processes() {
        return new ProcessSettings(infrastructure.connections(), bundles, traced);
    }
}
