package io.flexir.ops.local.api;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.broker.BrokerSettings;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.EmbeddedBroker;
import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.store.EmbeddedObjectStore;
import io.flexir.ops.local.store.StoreSettings;
import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.access.Place;
import io.flexir.scheduler.access.RateRules;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.access.SingleTenant;
import io.flexir.scheduler.api.ApiServer;
import io.flexir.scheduler.api.ApiSettings;
import io.flexir.scheduler.api.Core;
import io.flexir.scheduler.api.ModelCatalog;
import io.flexir.scheduler.api.view.ViewLimits;
import io.flexir.scheduler.api.webhook.WebhookRules;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.jobs.JobsRules;
import io.flexir.scheduler.jobs.JobsStreams;
import io.flexir.scheduler.jobs.Limits;
import io.flexir.scheduler.jobs.Patience;
import io.flexir.scheduler.jobs.StreamsSettings;
import io.flexir.scheduler.keeping.KeepingRules;
import io.flexir.scheduler.load.FleetWork;
import io.flexir.scheduler.metrics.HealthCheck;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.scale.Scaling;
import io.flexir.scheduler.scale.ScalingRules;
import io.flexir.scheduler.scale.ScalingWatch;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.Secret;
import io.flexir.scheduler.storage.StorageSettings;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

/** A real broker, a real object store, and a scheduler's core and API over them. */
final class ApiFleet implements AutoCloseable {
    static final TenantId TENANT = new TenantId("default");
    static final String MODEL = "denoise-color-25-s";
    static final int MAX_WAITING = 20;

    /** Beside what is its own, the tenant may name what lies under in/. */
    private static final InputRules ACCESS =
            new InputRules(
                    StoreSettings.DEFAULT_BUCKET,
                    Map.of(),
                    List.of(
                            new Place(StoreSettings.DEFAULT_BUCKET, "in/"),
                            new Place("no-such-bucket", "")));

    private static final List<String> POOLS = List.of("cpu");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = MessageCodec.newMapper();

    final EmbeddedBroker broker =
            EmbeddedBroker.start(BrokerSettings.in(DataDirectory.temporary()));
    final EmbeddedObjectStore server =
            EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()));
    final ObjectStore store = new ObjectStore(storage());
    final SchedulerMetrics metrics = new SchedulerMetrics();
    final JobsStreams core;
    final ApiServer api;
    final PlayedWorker worker;
    private final HttpClient client = HttpClient.newHttpClient();

    ApiFleet() {
        try (var admin = broker.admin()) {
            new ClusterSetup(admin).createTopics(FleetTopics.topics(POOLS));
        }
        core = JobsStreams.start(streams(), rules(), bundles(), metrics, InstantSource.system());
        api = startApi(MAX_WAITING);
        worker = new PlayedWorker(broker.bootstrapServers());
        await().atMost(PATIENCE).until(() -> ready(api));
    }

    /** Another scheduler's API over the same topics. */
    ApiServer startApi(int maxWaitingJobs) {
        return startApi(maxWaitingJobs, Routes.NONE);
    }

    /** The same that reads tenants' topics. */
    ApiServer startApi(int maxWaitingJobs, Routes routes) {
        return startApi(maxWaitingJobs, routes, KeepingRules.DEFAULT);
    }

    /** The same that keeps things so long. */
    ApiServer startApi(int maxWaitingJobs, Routes routes, KeepingRules keeping) {
        return startApi(maxWaitingJobs, routes, keeping, WebhookRules.NONE);
    }

    /** The same that tells those who ask for it. */
    ApiServer startApi(
            int maxWaitingJobs, Routes routes, KeepingRules keeping, WebhookRules webhooks) {
        return startApi(maxWaitingJobs, routes, keeping, webhooks, RateRules.UNBOUNDED);
    }

    /** The same that may be asked so often. */
    ApiServer startApi(
            int maxWaitingJobs,
            Routes routes,
            KeepingRules keeping,
            WebhookRules webhooks,
            RateRules rates) {
        ApiSettings settings =
                new ApiSettings(
                        "127.0.0.1",
                        0,
                        "127.0.0.1",
                        0,
                        kafka(),
                        new SingleTenant(TENANT, null),
                        new AccessRules(ACCESS, rates),
                        routes,
                        maxWaitingJobs,
                        12 << 20,
                        64 << 20,
                        64,
                        10,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        ViewLimits.DEFAULT,
                        keeping,
                        null);
        HealthCheck streams = new HealthCheck("streams", core::ready);
        return ApiServer.start(
                settings.telling(webhooks),
                store,
                catalog(),
                Core.of(core),
                metrics,
                scaling(),
                List.of(streams),
                core::alive,
                InstantSource.system());
    }

    private static ScalingWatch scaling() {
        ScalingRules rules = ScalingConfig.DEFAULT.rules();
        FleetWork work = new FleetWork(bundles(), Duration.ofSeconds(30), rules.drainTarget());
        return new ScalingWatch(work, new Scaling(rules, POOLS), InstantSource.system());
    }

    boolean ready(ApiServer server) {
        return get(management(server, "/health/ready")).statusCode() == 200;
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + api.port() + path);
    }

    URI management(ApiServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.managementPort() + path);
    }

    HttpResponse<String> submit(String body, String... headers) {
        return submitTo(api, body, headers);
    }

    HttpResponse<String> submitTo(ApiServer server, String body, String... headers) {
        return postTo(server, "/v1/jobs", body, headers);
    }

    HttpResponse<String> postTo(ApiServer server, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> get(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> get(String path) {
        return get(at(path));
    }

    HttpResponse<String> putJson(String path, String body) {
        return send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> postJson(String path, String body) {
        return send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(at(path)).DELETE());
    }

    HttpResponse<String> put(URI uri, byte[] body) {
        return send(HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** Stores a small image and gives the JSON of a submission that names it. */
    String submissionOf(String key) {
        put(key, png(33, 21));
        return """
        {"model": "%s", "input": {"bucket": "%s", "key": "%s"}}"""
                .formatted(MODEL, server.bucket(), key);
    }

    void put(String key, byte[] bytes) {
        store.put(key, bytes);
    }

    static byte[] png(int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(
                    new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException notJson) {
            throw new IllegalStateException("Not JSON: " + response.body(), notJson);
        }
    }

    static String idOf(HttpResponse<String> response) {
        return json(response).path("id").asText();
    }

    @Override
    public void close() {
        client.close();
        api.close();
        worker.close();
        core.close();
        store.close();
        server.close();
        broker.close();
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private StorageSettings storage() {
        return new StorageSettings(
                server.endpoint(),
                server.endpoint(),
                "us-east-1",
                server.credentials().accessKey(),
                new Secret(server.credentials().secretKey()),
                server.bucket(),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                null);
    }

    private StreamsSettings streams() {
        return new StreamsSettings(
                kafka(),
                "flexir-scheduler",
                null,
                1,
                null,
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    private static JobsRules rules() {
        return new JobsRules(
                POOLS,
                2,
                Duration.ofSeconds(10),
                new Patience(Duration.ofSeconds(60), Duration.ofSeconds(60)),
                new BudgetPolicy.Fixed(6),
                TenantRules.EQUAL,
                ACCESS,
                new Limits(3, Duration.ofSeconds(1), 0.2, 1000, Duration.ofHours(1), 1000),
                Duration.ofMillis(50));
    }

    private static BundleCatalog bundles() {
        return BundleCatalog.read(Path.of("../models"));
    }

    private static ModelCatalog catalog() {
        BundleCatalog bundles = bundles();
        List<ModelCatalog.Model> models =
                bundles.names().stream()
                        .flatMap(name -> bundles.find(name).stream())
                        .map(bundle -> new ModelCatalog.Model(bundle.digest(), bundle.manifest()))
                        .toList();
        return () -> models;
    }
}
