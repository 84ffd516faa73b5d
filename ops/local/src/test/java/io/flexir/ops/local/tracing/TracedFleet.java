package io.flexir.ops.local.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.scheduler.Scheduler;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.config.TracingConfig;
import io.flexir.worker.Worker;
import io.flexir.worker.config.TracingSettings;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A fleet whose worker may lack models that its scheduler knows. */
final class TracedFleet implements AutoCloseable {
    static final Path MODELS = Path.of("..", "models");
    static final String MODEL = "denoise-color-25-s";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = MessageCodec.newMapper();

    private final Infrastructure infrastructure =
            Infrastructure.start(DataDirectory.temporary(), List.of(FleetConfigs.POOL));
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path ofWorker;
    private final Scheduler scheduler;
    private final Worker worker;

    /**
     * @param on whether spans are exported to the receiver
     * @param ofWorker its models, of which it has {@link #MODEL} at first
     */
    TracedFleet(boolean on, TraceReceiver receiver, Path ofWorker) {
        this.ofWorker = ofWorker;
        give(MODEL);
        scheduler =
                Scheduler.start(
                        new FleetConfigs(infrastructure, MODELS)
                                .scheduler(0, new BudgetPolicy.Slack(), ScalingConfig.DEFAULT)
                                .traced(new TracingConfig(on, receiver.settings())));
        worker =
                Worker.start(
                        new FleetConfigs(infrastructure, ofWorker)
                                .worker("resident")
                                .traced(new TracingSettings(on, receiver.settings())));
        Awaitility.await().atMost(PATIENCE).until(() -> scheduler.ready() && worker.isReady());
    }

    /** The worker has this model from now on. */
    void give(String model) {
        try (Stream<Path> files = Files.list(MODELS.resolve(model))) {
            Path hidden = Files.createTempDirectory(ofWorker.getParent(), "model");
            for (Path file : files.toList()) {
                Files.copy(file, hidden.resolve(file.getFileName()));
            }
            Files.move(hidden, ofWorker.resolve(model));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Submits an image; the answer. */
    JsonNode submit(byte[] image, String model, String traceparent) {
        String body =
                """
                {"input": {"data": "%s"}, "model": "%s", "depth": {"kind": "fixed", "pointer": 1}}"""
                        .formatted(Base64.getEncoder().encodeToString(image), model);
        return send(
                to("/v1/jobs")
                        .header("Content-Type", "application/json")
                        .header("traceparent", traceparent)
                        .POST(BodyPublishers.ofString(body)));
    }

    JsonNode await(String job, Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> send(to("/v1/jobs/" + job).GET()), wanted);
    }

    JsonNode ended(String job) {
        return await(job, found -> found.has("finishedAt"));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + scheduler.port() + path))
                .header("Authorization", "Bearer " + infrastructure.key().value());
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return JSON.readTree(response.body());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    String bootstrapServers() {
        return infrastructure.broker().bootstrapServers();
    }

    @Override
    public void close() {
        worker.close();
        scheduler.close();
        infrastructure.close();
        http.close();
    }
}
