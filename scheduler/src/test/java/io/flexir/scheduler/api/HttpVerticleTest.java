package io.flexir.scheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class HttpVerticleTest {
    /** Far within the grace, far beyond none. */
    private static final long MOMENT_MILLIS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CompletableFuture<RoutingContext> inHand = new CompletableFuture<>();
    private final HttpVerticle.Port port = new HttpVerticle.Port();

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    @Test
    void a_request_in_hand_is_answered_before_the_server_ends() {
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        String id = vertx.deployVerticle(new HttpVerticle(options, this::router, port)).await();
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + port.number() + "/"))
                                .build(),
                        BodyHandlers.ofString());
        RoutingContext request = inHand.orTimeout(30, TimeUnit.SECONDS).join();

        Future<Void> stopping = vertx.undeploy(id);
        request.vertx().runOnContext(ignored -> request.end("taken"));

        assertThat(answer).succeedsWithin(PATIENCE);
        assertThat(answer.join().body()).isEqualTo("taken");
        assertThat(stopping.toCompletionStage()).succeedsWithin(PATIENCE);
    }

    @Test
    void a_request_in_hand_has_a_moment_to_be_answered_after_the_server_was_told_to_end() {
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        String id = vertx.deployVerticle(new HttpVerticle(options, this::router, port)).await();
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + port.number() + "/"))
                                .build(),
                        BodyHandlers.ofString());
        RoutingContext request = inHand.orTimeout(30, TimeUnit.SECONDS).join();
        request.request()
                .connection()
                .shutdownHandler(
                        told ->
                                request.vertx()
                                        .setTimer(MOMENT_MILLIS, passed -> request.end("late")));

        Future<Void> stopping = vertx.undeploy(id);

        assertThat(answer).succeedsWithin(PATIENCE);
        assertThat(answer.join().body()).isEqualTo("late");
        assertThat(stopping.toCompletionStage()).succeedsWithin(PATIENCE);
    }

    private Router router(Vertx of) {
        Router router = Router.router(of);
        router.get("/").handler(inHand::complete);
        return router;
    }
}
