package io.flexir.scheduler.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.scale.Scaling;
import io.flexir.scheduler.scale.ScalingRules;
import io.flexir.scheduler.scale.ScalingWatch;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(60)
class ManagementRoutesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final AtomicBoolean holds = new AtomicBoolean(true);
    private HttpServer server;

    @BeforeEach
    void start() {
        Duration moment = Duration.ofSeconds(60);
        ScalingWatch scaling =
                new ScalingWatch(
                        Samples.fleetWork(),
                        new Scaling(new ScalingRules(1, 9, moment, moment, moment), List.of("cpu")),
                        InstantSource.system());
        Readiness readiness =
                new Readiness(List.of(new HealthCheck("store", holds::get)), Runnable::run);
        ManagementRoutes routes =
                new ManagementRoutes(new SchedulerMetrics(), readiness, scaling, alive::get);
        server =
                vertx.createHttpServer()
                        .requestHandler(routes.router(vertx))
                        .listen(0, "127.0.0.1")
                        .await();
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    @Test
    void what_only_a_restart_can_help_is_not_live() {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);

        alive.set(false);

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").body()).contains("dead");
    }

    @Test
    void what_lacks_something_lives_and_is_not_ready_and_says_what_it_lacks() {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        holds.set(false);

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("\"store\":\"failing\"");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + server.actualPort() + path))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException unanswered) {
            throw new AssertionError(unanswered);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }
}
