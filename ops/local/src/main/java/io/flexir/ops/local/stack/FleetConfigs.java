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
import io.flexir.worker.config.ComputeSettings;
import io.flexir.worker.config.KafkaSettings;
import io.flexir.worker.config.ManagementSettings;
import io.flexir.worker.config.StoreSettings;
import io.flexir.worker.config.Timing;
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
            new Timing(Duration.ofSeconds(1), Duration.ofSeconds(5), Timing.DEFAULT.outageHold());

    private final Infrastructure infrastructure;
    private final Path bundles;

    /**
     * @param bundles directory of the models
     */
    public FleetConfigs(Infrastructure infrastructure, Path bundles) {
        this.infrastructure = infrastructure;
        this.bundles = bundles;
    }

    /**
     * @param port of the API, 0 for a free one
     * @param policy how it grants depth
     */
    public SchedulerConfig scheduler(int port, BudgetPolicy policy) {
        EmbeddedObjectStore store = infrastructure.store();
        return new SchedulerConfig(
                kafka(),
                StoreConfig.withDefaults(
                        store.endpoint(),
                        store.credentials().accessKey(),
                        new io.flexir.scheduler.storage.Secret(store.credentials().secretKey()),
                        store.bucket()),
                HttpConfig.onLoopback().withPorts(port, 0),
                JobsConfig.DEFAULT
                        .withLockDuration(ShareGroupSpec.of(POOL).lock())
                        .withPolicy(policy),
                ScalingConfig.DEFAULT,
                bundles);
    }

    /** The scheduler's own directory goes and stays with the stack's. */
    private KafkaConfig kafka() {
        KafkaConfig usual = KafkaConfig.withDefaults(infrastructure.broker().bootstrapServers());
        return new KafkaConfig(
                usual.bootstrapServers(),
                usual.properties(),
                usual.applicationId(),
                usual.instanceId(),
                usual.threads(),
                infrastructure.directory("scheduler"),
                usual.commitInterval(),
                usual.sessionTimeout(),
                usual.transactionTimeout());
    }

    /**
     * @param workerId names it in heartbeats and receipts
     */
    public WorkerConfig worker(String workerId) {
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
                ComputeSettings.oneSlot(bundles),
                TIMING,
                ManagementSettings.ANY_PORT);
    }
}
