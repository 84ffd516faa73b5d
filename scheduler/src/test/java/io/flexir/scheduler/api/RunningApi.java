package io.flexir.scheduler.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.Callers;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.access.SingleTenant;
import io.flexir.scheduler.api.costs.Costs;
import io.flexir.scheduler.api.http.ApiContract;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.api.view.ViewLimits;
import io.flexir.scheduler.api.webhook.WebhookRules;
import io.flexir.scheduler.api.webhook.Webhooks;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.budget.TenantTerms;
import io.flexir.scheduler.costs.CostBook;
import io.flexir.scheduler.costs.PriceList;
import io.flexir.scheduler.dispatch.ExperimentBook;
import io.flexir.scheduler.dispatch.FeedbackBook;
import io.flexir.scheduler.dispatch.PolicyBook;
import io.flexir.scheduler.dispatch.TenantBook;
import io.flexir.scheduler.jobs.Purges;
import io.flexir.scheduler.keeping.KeepingRules;
import io.flexir.scheduler.load.LoadModel;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.Secret;
import io.flexir.scheduler.storage.StorageSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The API on a real port, with neither broker nor object store behind it: what the tests say
 * happened is put into its read view, and whatever would need the others fails as it does in an
 * outage.
 */
public final class RunningApi implements AutoCloseable {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    /** The tenant of the samples may have two jobs waiting, and has three times its share. */
    private static final TenantRules RULES =
            new TenantRules(
                    Map.of(Samples.TENANT, new TenantTerms(3, 2, Double.POSITIVE_INFINITY)),
                    TenantTerms.EQUAL);

    private static final JsonMapper JSON = MessageCodec.newMapper();

    public final AtomicReference<Instant> now = new AtomicReference<>(Samples.START);
    public final ReadView view;

    /** Whether the view has all that was written before. */
    public final AtomicBoolean current = new AtomicBoolean(true);

    public final SchedulerMetrics metrics = new SchedulerMetrics();
    public final PolicyBook policy = new PolicyBook(new BudgetPolicy.Load(30), metrics);
    public final ExperimentBook experiments = new ExperimentBook();
    public final FeedbackBook feedback = new FeedbackBook();
    public final CostBook book = new CostBook(Samples.catalog()::find, PriceList.DEFAULT);
    public final LoadModel load = Samples.load(RULES);
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ObjectStore store;
    private final BrokerWriter broker;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    public RunningApi(@Nullable String key, int maxWaitingJobs) {
        this(holder(key), AccessRules.OPEN, maxWaitingJobs, Samples.catalog());
    }

    private RunningApi(
            Callers callers, AccessRules access, int maxWaitingJobs, ModelCatalog catalog) {
        InstantSource clock = now::get;
        view = new ReadView(ViewLimits.DEFAULT, Samples.fleetWork(), clock);
        store = new ObjectStore(storage());
        broker = new BrokerWriter(Map.of("bootstrap.servers", "127.0.0.1:9"));
        ApiSettings settings = settings(callers, access, maxWaitingJobs);
        ApiHandlers handlers =
                new ApiHandlers(
                        settings,
                        vertx,
                        threads,
                        store,
                        catalog,
                        broker,
                        view,
                        current::get,
                        new Costs(book, Map.of(), clock),
                        new Webhooks(
                                WebhookRules.NONE,
                                Map.of("bootstrap.servers", "127.0.0.1:9"),
                                "none",
                                job -> new byte[0],
                                broker,
                                metrics,
                                clock),
                        core(),
                        metrics,
                        clock);
        var contract = ApiContract.load(vertx).await();
        HttpVerticle.Port bound = new HttpVerticle.Port();
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        vertx.deployVerticle(
                        new HttpVerticle(options, loop -> handlers.router(loop, contract), bound))
                .await();
        port = bound.number();
    }

    private Core core() {
        return new Core(
                policy,
                new TenantBook(RULES, load, metrics),
                experiments,
                feedback,
                new Purges(),
                Samples.activations());
    }

    public static RunningApi open() {
        return new RunningApi(null, 10);
    }

    public static RunningApi over(ModelCatalog catalog) {
        return new RunningApi(holder(null), AccessRules.OPEN, 10, catalog);
    }

    public static RunningApi askedBy(Callers callers) {
        return askedBy(callers, AccessRules.OPEN);
    }

    public static RunningApi askedBy(Callers callers, AccessRules access) {
        return new RunningApi(callers, access, 10, Samples.catalog());
    }

    private static Callers holder(@Nullable String key) {
        return new SingleTenant(Samples.TENANT, key == null ? null : new Secret(key));
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    public HttpResponse<String> put(String path, String body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(
                request(path, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Says that a submission of so many bytes comes, and sends none of them. */
    public Socket announce(long bytes) throws IOException {
        return say(
                "POST /v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                        + bytes
                        + "\r\n\r\n");
    }

    /** Sends that, as it stands. */
    public Socket say(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    public HttpClient client() {
        return client;
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException notJson) {
            throw new IllegalStateException("Not JSON: " + response.body(), notJson);
        }
    }

    @Override
    public void close() {
        client.close();
        vertx.close().await();
        broker.close();
        store.close();
        threads.close();
    }

    private static ApiSettings settings(Callers callers, AccessRules access, int maxWaitingJobs) {
        return new ApiSettings(
                "127.0.0.1",
                0,
                "127.0.0.1",
                0,
                Map.of(),
                callers,
                access,
                Routes.NONE,
                maxWaitingJobs,
                100_000,
                1_000_000,
                8,
                2,
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                ViewLimits.DEFAULT,
                KeepingRules.DEFAULT,
                null);
    }

    public static StorageSettings storage() {
        return new StorageSettings(
                NOWHERE,
                URI.create("https://public.example"),
                "us-east-1",
                "key",
                new Secret("secret"),
                "flexir",
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                null);
    }
}
