package io.flexir.scheduler;

import io.flexir.contracts.bundle.BundleKeys;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.wire.TopicDefinition;
import io.flexir.scheduler.access.Callers;
import io.flexir.scheduler.access.KeysFile;
import io.flexir.scheduler.access.WatchedKeys;
import io.flexir.scheduler.activation.ActivationWatch;
import io.flexir.scheduler.api.ApiServer;
import io.flexir.scheduler.api.Core;
import io.flexir.scheduler.api.ModelCatalog;
import io.flexir.scheduler.api.webhook.WatchedSecrets;
import io.flexir.scheduler.api.webhook.WebhookRules;
import io.flexir.scheduler.api.webhook.WebhookSecrets;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.config.HttpConfig;
import io.flexir.scheduler.config.InvalidConfigException;
import io.flexir.scheduler.config.SchedulerConfig;
import io.flexir.scheduler.config.Tenants;
import io.flexir.scheduler.jobs.JobsStreams;
import io.flexir.scheduler.load.FleetWork;
import io.flexir.scheduler.metrics.HealthCheck;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.scale.Scaling;
import io.flexir.scheduler.scale.ScalingRules;
import io.flexir.scheduler.scale.ScalingWatch;
import io.flexir.scheduler.storage.ObjectLookup;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.tracing.Tracing;
import io.flexir.scheduler.transactions.TransactionHealer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One scheduler: the topology and the API over it. Several may run in one process. */
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final Parts parts;
    private final JobsStreams streams;
    private final ApiServer api;

    private Scheduler(Parts parts, JobsStreams streams, ApiServer api) {
        this.parts = parts;
        this.streams = streams;
        this.api = api;
    }

    /**
     * Starts one. It returns when it listens; {@link #ready} tells when it works on jobs.
     *
     * @throws io.flexir.scheduler.bundles.InvalidBundleException when there is no usable model
     * @throws io.flexir.scheduler.access.InvalidKeysException when the file of keys is not as it
     *     must be
     * @throws io.flexir.scheduler.jobs.TopicsNotReadyException when the broker or a topic is not
     *     there
     * @throws IllegalStateException when a port cannot be bound
     */
    public static Scheduler start(SchedulerConfig config) {
        return start(config, InstantSource.system());
    }

    /**
     * The same by another clock than the system's.
     *
     * @param clock for everything that is dated or due
     */
    public static Scheduler start(SchedulerConfig config, InstantSource clock) {
        BundleCatalog configured = BundleCatalog.read(config.bundles());
        SchedulerMetrics metrics = new SchedulerMetrics();
        Parts parts = new Parts();
        try {
            Tenants tenants =
                    config.jobs()
                            .entitled(config.store().bucket(), config.http().requestsPerSecond());
            Tracing tracing = parts.opened(config.tracing().start(instance(config)));
            ObjectStore store = parts.opened(new ObjectStore(config.store().settings(), tracing));
            BundleCatalog bundles = configured.with(digest -> manifest(store, digest));
            JobsStreams streams =
                    parts.opened(
                            JobsStreams.start(
                                    config.kafka().streams(),
                                    config.jobs().rules(tenants),
                                    bundles,
                                    metrics,
                                    tracing,
                                    clock));
            parts.opened(ActivationWatch.start(streams.activations()));
            parts.opened(healer(config, metrics));
            ApiServer api =
                    parts.opened(
                            ApiServer.start(
                                    config.http()
                                            .settings(
                                                    config.kafka().client(),
                                                    config.kafka().access(),
                                                    callers(config.http(), parts),
                                                    tenants.access())
                                            .keeping(config.keeping().rules())
                                            .pricedBy(config.costs().prices())
                                            .telling(webhooks(config, parts))
                                            .traced(tracing),
                                    store,
                                    models(bundles),
                                    Core.of(streams),
                                    metrics,
                                    scaling(config, bundles, clock),
                                    List.of(new HealthCheck("streams", streams::ready)),
                                    streams::alive,
                                    clock));
            return new Scheduler(parts, streams, api);
        } catch (RuntimeException failure) {
            parts.close();
            throw failure;
        }
    }

    /** Where the API listens. */
    public int port() {
        return api.port();
    }

    /** Where metrics and health are. */
    public int managementPort() {
        return api.managementPort();
    }

    /** Whether jobs are being worked on. */
    public boolean ready() {
        return streams.ready();
    }

    /** Stops listening, then hands its jobs over to other schedulers. */
    @Override
    public void close() {
        parts.close();
    }

    /** As it is called in the broker's groups, else by its process. */
    private static String instance(SchedulerConfig config) {
        String named = config.kafka().instanceId();
        return named == null ? "scheduler-" + ProcessHandle.current().pid() : named;
    }

    private static TransactionHealer healer(SchedulerConfig config, SchedulerMetrics metrics) {
        return TransactionHealer.start(
                config.kafka().client(),
                config.kafka().applicationId(),
                TopicDefinition.of(config.jobs().pools()).stream()
                        .map(TopicDefinition::name)
                        .collect(Collectors.toSet()),
                config.kafka().transactionTimeout(),
                metrics::hangingTransactionAborted);
    }

    private static Callers callers(HttpConfig http, Parts parts) {
        if (http.keys() == null) {
            return http.holder();
        }
        return http.callers(parts.opened(new WatchedKeys(new KeysFile(http.keys()))));
    }

    private static WebhookRules webhooks(SchedulerConfig config, Parts parts) {
        Path file = config.webhooks().secrets();
        WebhookSecrets ofFile = file == null ? WebhookSecrets.NONE : parts.opened(secretsOf(file));
        return config.webhooks().rules(config.http().holder().tenant(), ofFile);
    }

    private static WatchedSecrets secretsOf(Path file) {
        try {
            return new WatchedSecrets(file);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidConfigException(List.of(String.valueOf(wrong.getMessage())));
        }
    }

    private static ScalingWatch scaling(
            SchedulerConfig config, BundleCatalog bundles, InstantSource clock) {
        ScalingRules rules = config.scaling().rules();
        FleetWork work =
                new FleetWork(bundles, config.jobs().heartbeatTimeToLive(), rules.drainTarget());
        return new ScalingWatch(work, new Scaling(rules, config.jobs().pools()), clock);
    }

    private static Optional<byte[]> manifest(ObjectStore store, String digest) {
        ObjectReference wanted =
                ObjectReference.latest(store.bucket(), BundleKeys.manifest(digest));
        return switch (store.find(wanted)) {
            case ObjectLookup.Found found ->
                    Optional.of(store.readStart(found.reference(), BundleKeys.MAX_MANIFEST_BYTES));
            case ObjectLookup.Missing _, ObjectLookup.Changed _, ObjectLookup.Denied _ ->
                    Optional.empty();
        };
    }

    private static ModelCatalog models(BundleCatalog bundles) {
        return () ->
                bundles.all().stream()
                        .map(bundle -> new ModelCatalog.Model(bundle.digest(), bundle.manifest()))
                        .toList();
    }

    /** What was opened, closed in reverse. */
    private static final class Parts {
        private final Deque<AutoCloseable> open = new ArrayDeque<>();

        <T extends AutoCloseable> T opened(T part) {
            open.push(part);
            return part;
        }

        synchronized void close() {
            while (!open.isEmpty()) {
                closeOne(open.pop());
            }
        }

        private static void closeOne(AutoCloseable part) {
            try {
                part.close();
            } catch (Exception failure) {
                LOG.warn("event=close_failed part={}", part.getClass().getSimpleName(), failure);
            }
        }
    }
}
