package io.flexir.ops.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.flexir.contracts.job.JobState;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Over a server that answers as proxies and dying schedulers do. */
@Timeout(60)
class JobStreamTest {
    private static final String FINAL =
            """
            id: 1
            event: final
            data: {"id":"a","state":"succeeded","model":"auto","attempt":1,\
            "createdAt":"2026-01-01T00:00:00Z","degraded":false,"late":false}

            """;

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Job> told = new ArrayList<>();
    private HttpServer server;
    private Http http;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        http =
                new Http(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        Optional.empty(),
                        Optional.empty());
    }

    @AfterEach
    void stop() {
        over.countDown();
        http.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_stream_that_cannot_be_had_at_the_moment_is_asked_for_again() {
        serve(
                exchange -> {
                    if (requests.incrementAndGet() < 3) {
                        exchange.sendResponseHeaders(requests.get() == 1 ? 503 : 429, -1);
                        exchange.close();
                    } else {
                        end(exchange);
                    }
                });

        new JobStream(http, "a").follow(told::add);

        assertThat(requests).hasValue(3);
        assertThat(told).extracting(Job::state).containsExactly(JobState.SUCCEEDED);
    }

    @Test
    void a_stream_that_falls_silent_is_taken_up_anew() {
        serve(
                exchange -> {
                    if (requests.incrementAndGet() == 1) {
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write(": hello\n\n".getBytes(UTF_8));
                        exchange.getResponseBody().flush();
                        await();
                    } else {
                        end(exchange);
                    }
                });

        new JobStream(http, "a", Duration.ofMillis(300)).follow(told::add);

        assertThat(requests).hasValue(2);
        assertThat(told).hasSize(1);
    }

    @Test
    void what_asking_again_does_not_help_is_told_at_once() {
        serve(
                exchange -> {
                    requests.incrementAndGet();
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });

        assertThatExceptionOfType(FleetException.Refused.class)
                .isThrownBy(() -> new JobStream(http, "a").follow(told::add))
                .withMessageContaining("404");
        assertThat(requests).hasValue(1);
    }

    private void serve(Answer answer) {
        server.createContext("/v1/jobs/a/events", answer::to);
        server.start();
    }

    /** What the server does with a request. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private static void end(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(FINAL.getBytes(UTF_8));
        }
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
