package io.flexir.scheduler.api;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.api.costs.Costs;
import io.flexir.scheduler.api.http.ApiContract;
import io.flexir.scheduler.api.resource.WebhookBody;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.submit.KafkaRoute;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.api.view.ViewFollower;
import io.flexir.scheduler.api.webhook.Webhooks;
import io.flexir.scheduler.costs.CostBook;
import io.flexir.scheduler.metrics.HealthCheck;
import io.flexir.scheduler.metrics.ManagementRoutes;
import io.flexir.scheduler.metrics.Readiness;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.scale.ScalingReport;
import io.flexir.scheduler.scale.ScalingWatch;
import io.flexir.scheduler.storage.ObjectStore;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The API and the management port of one scheduler, from start to stop, with all that they need for
 * themselves.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int EVENT_LOOPS = 2;
    // Free ports: all loops that listen on the same negative number share one.
    private static final int FREE_PORT = -1;
    private static final int FREE_MANAGEMENT_PORT = -2;
    private static final int IDLE_SECONDS = 60;
    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 10;
    private static final String WEBHOOKS_GROUP = "flexir-webhooks";

    private final ApiSettings settings;
    private final SchedulerMetrics metrics;
    private final ScalingWatch scaling;
    private final List<HealthCheck> checks;
    private final BooleanSupplier alive;
    private final Vertx vertx;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("flexir-api-", 0).factory());
    private final ReadView view;
    private final ViewFollower follower;
    private final Costs costs;
    private final BrokerWriter broker;
    private final Webhooks webhooks;
    private final ShareLag shareLag;
    private final ApiHandlers handlers;
    private final InstantSource clock;
    private @Nullable KafkaRoute route;
    private @Nullable ServerTls tls;
    private int port;
    private int managementPort;

    private ApiServer(
            ApiSettings settings,
            ObjectStore store,
            ModelCatalog catalog,
            Core core,
            SchedulerMetrics metrics,
            ScalingWatch scaling,
            List<HealthCheck> checks,
            BooleanSupplier alive,
            InstantSource clock) {
        this.settings = settings;
        this.alive = alive;
        this.clock = clock;
        this.metrics = metrics;
        this.scaling = scaling;
        this.vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(EVENT_LOOPS)
                                .setFileSystemOptions(
                                        new FileSystemOptions().setFileCachingEnabled(false)));
        this.view = new ReadView(settings.view(), scaling.work(), clock);
        this.follower = new ViewFollower(settings.kafka(), view, metrics);
        this.costs =
                new Costs(new CostBook(catalog::find, settings.prices()), settings.kafka(), clock);
        this.broker = new BrokerWriter(settings.kafka(), settings.tracing());
        this.webhooks =
                new Webhooks(
                        settings.webhooks(),
                        settings.kafka(),
                        WEBHOOKS_GROUP,
                        new WebhookBody(MessageCodec.newMapper())::of,
                        broker,
                        metrics,
                        clock);
        this.shareLag = new ShareLag(scaling.pools(), settings.kafka(), metrics::shareLag);
        this.handlers =
                new ApiHandlers(
                        settings,
                        vertx,
                        threads,
                        store,
                        catalog,
                        broker,
                        view,
                        follower::current,
                        costs,
                        webhooks,
                        core,
                        metrics,
                        clock);
        this.checks = new ArrayList<>(checks);
        this.checks.add(new HealthCheck("view", follower::current));
        this.checks.add(new HealthCheck("object-store", store::reachable));
    }

    /**
     * Starts listening. The store stays the caller's to close.
     *
     * @param core jobs, policy and tenants
     * @param scaling told of all jobs and workers; started and closed here
     * @param checks what else must hold for this scheduler to be ready, beside its view and the
     *     object store
     * @param alive whether jobs can be worked on at all; when not, only a restart helps
     * @throws InvalidTlsException when the certificate cannot be used
     * @throws IllegalStateException when a port cannot be bound
     */
    public static ApiServer start(
            ApiSettings settings,
            ObjectStore store,
            ModelCatalog catalog,
            Core core,
            SchedulerMetrics metrics,
            ScalingWatch scaling,
            List<HealthCheck> checks,
            BooleanSupplier alive,
            InstantSource clock) {
        ApiServer server =
                new ApiServer(
                        settings, store, catalog, core, metrics, scaling, checks, alive, clock);
        try {
            server.listen();
            return server;
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    /** Where the API listens. */
    public int port() {
        return port;
    }

    /** Where metrics and health are. */
    public int managementPort() {
        return managementPort;
    }

    @Override
    public void close() {
        if (tls != null) {
            tls.close();
        }
        quietly(
                "http",
                () ->
                        vertx.close()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(STOP_SECONDS, TimeUnit.SECONDS));
        if (route != null) {
            route.close();
        }
        handlers.keeper().close();
        webhooks.close();
        shareLag.close();
        scaling.close();
        follower.close();
        costs.close();
        threads.shutdown();
        quietly("calls", () -> threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS));
        broker.close();
    }

    private void listen() {
        follower.start();
        costs.start();
        webhooks.start();
        shareLag.start();
        scaling.start(follower::current, this::scaled);
        handlers.keeper().start(follower::current);
        TlsFiles files = settings.tls();
        tls = files == null ? null : new ServerTls(vertx, files);
        OpenAPIContract contract = await("openapi.yaml", ApiContract.load(vertx));
        port =
                deploy(
                        settings.host(),
                        orFree(settings.port(), FREE_PORT),
                        EVENT_LOOPS,
                        loop -> handlers.router(loop, contract));
        ManagementRoutes management =
                new ManagementRoutes(metrics, new Readiness(checks, threads), scaling, alive);
        managementPort =
                deploy(
                        settings.managementHost(),
                        orFree(settings.managementPort(), FREE_MANAGEMENT_PORT),
                        1,
                        management::router);
        if (!settings.routes().tenants().isEmpty()) {
            route =
                    KafkaRoute.start(
                            settings.routes(),
                            settings.kafka(),
                            handlers.routedIntake(),
                            broker,
                            settings.tracing(),
                            metrics,
                            clock);
        }
        LOG.info(
                "event=api_started host={} port={} managementHost={} managementPort={} tls={}",
                settings.host(),
                port,
                settings.managementHost(),
                managementPort,
                tls != null);
    }

    private void scaled(ScalingReport report) {
        metrics.scaling(report);
        view.history().sampled(report);
    }

    private int deploy(String host, int wantedPort, int loops, Function<Vertx, Router> routers) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(host)
                        .setPort(wantedPort)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setHandle100ContinueAutomatically(true);
        ServerTls certificate = tls;
        if (certificate != null) {
            ServerSSLOptions served = certificate.options();
            options.setSsl(true)
                    .setKeyCertOptions(served.getKeyCertOptions())
                    .setEnabledSecureTransportProtocols(
                            served.getEnabledSecureTransportProtocols());
        }
        HttpVerticle.Port bound = new HttpVerticle.Port();
        await(
                "port " + wantedPort + " of " + host,
                vertx.deployVerticle(
                        () -> new HttpVerticle(options, routers, bound, this::keepCertified),
                        new DeploymentOptions().setInstances(loops)));
        return bound.number();
    }

    private void keepCertified(HttpServer server) {
        if (tls != null) {
            tls.tell(renewed -> server.updateSSLOptions(renewed, true));
        }
    }

    private static int orFree(int port, int free) {
        return port == 0 ? free : port;
    }

    private static <T> T await(String what, Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("The API could not start: " + what, failure.getCause());
        } catch (TimeoutException slow) {
            throw new IllegalStateException("The API did not start in time: " + what, slow);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the API started: " + what, stopping);
        }
    }

    private static void quietly(String part, Callable<?> stop) {
        try {
            stop.call();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.warn("event=api_stop_failed part={}", part, failure);
        }
    }
}
