package io.flexir.ops.bench.start;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.bench.ResidentMemory;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.broker.ShareGroups;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.ops.local.store.EmbeddedObjectStore;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts workers as processes of their own beside a broker and a store, and times that. */
public final class WorkerStart {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final double GIGA = 1e9;
    private static final int OK = 200;

    private final Path launcher;
    private final Path bundles;
    private final Infrastructure fleet;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param launcher the script {@code ops/flexir}
     * @param bundles directory with the worker's models
     * @param fleet stays the caller's to close
     */
    public WorkerStart(Path launcher, Path bundles, Infrastructure fleet) {
        this.launcher = launcher;
        this.bundles = bundles;
        this.fleet = fleet;
    }

    /**
     * Starts one worker, waits until it is ready, and ends it.
     *
     * @param log takes what it prints
     */
    public Start measure(Path log) {
        int port = Ports.choose(0, "worker's management");
        ProcessBuilder builder =
                new ProcessBuilder(launcher.toString(), "worker")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment(port));
        long began = System.nanoTime();
        Process worker = start(builder);
        try (ShareGroups groups = new ShareGroups(fleet.broker())) {
            HttpRequest ready =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://"
                                                    + Ports.LOOPBACK
                                                    + ":"
                                                    + port
                                                    + "/health/ready"))
                            .build();
            while (!isReady(ready) || !groups.isServed(Topics.shareGroup(FleetConfigs.POOL))) {
                if (!worker.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new CannotStart("the worker did not become ready: see " + log);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
            double seconds = (System.nanoTime() - began) / GIGA;
            return new Start(seconds, ResidentMemory.megabytes(worker.toHandle()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while a worker started", e);
        } finally {
            end(worker);
        }
    }

    private Map<String, String> environment(int port) {
        EmbeddedObjectStore store = fleet.store();
        return Map.of(
                "FLEXIR_POOL", FleetConfigs.POOL,
                "FLEXIR_KAFKA", fleet.broker().bootstrapServers(),
                "FLEXIR_S3", store.endpoint().toString(),
                "FLEXIR_S3_ACCESS_KEY", store.credentials().accessKey(),
                "FLEXIR_S3_SECRET_KEY", store.credentials().secretKey(),
                "FLEXIR_S3_BUCKET", store.bucket(),
                "FLEXIR_BUNDLES", bundles.toString(),
                "FLEXIR_MANAGEMENT_PORT", Integer.toString(port));
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CannotStart("cannot run " + builder.command().getFirst(), e);
        }
    }

    private boolean isReady(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** In order, so that the group is empty when the next one starts. */
    private static void end(Process worker) {
        worker.destroy();
        try {
            if (!worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                worker.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            worker.destroyForcibly();
        }
    }
}
