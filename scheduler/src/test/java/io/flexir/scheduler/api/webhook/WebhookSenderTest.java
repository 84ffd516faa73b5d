package io.flexir.scheduler.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.webhook.WebhookDelivery;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** One message to a real server on loopback. */
@Timeout(60)
class WebhookSenderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final WebhookSecret SECRET =
            WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/away");
                    exchange.getResponseHeaders().set("Retry-After", "120");
                    exchange.sendResponseHeaders(
                            Integer.parseInt(exchange.getRequestURI().getPath().substring(1)), -1);
                    exchange.close();
                });
        server.createContext(
                "/silent",
                exchange -> {
                    try {
                        end.await();
                    } catch (InterruptedException stopping) {
                        Thread.currentThread().interrupt();
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void an_answer_of_2xx_is_an_arrival() {
        assertThat(send("127.0.0.1", "/204", "127.0.0.0/8"))
                .isInstanceOfSatisfying(
                        Sent.Arrived.class,
                        sent -> assertThat(sent.attempt().status()).isEqualTo(204));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void a_redirect_is_not_followed(int status) {
        assertThat(send("127.0.0.1", "/" + status, "127.0.0.0/8"))
                .isInstanceOfSatisfying(
                        Sent.Again.class,
                        sent -> assertThat(sent.attempt().status()).isEqualTo(status));
        assertThat(asked).hasValue(1);
    }

    @Test
    void what_the_receiver_asks_for_is_told() {
        assertThat(send("127.0.0.1", "/503", "127.0.0.0/8"))
                .isInstanceOfSatisfying(
                        Sent.Again.class,
                        sent -> assertThat(sent.atLeast()).isEqualTo(Duration.ofMinutes(2)));
        assertThat(send("127.0.0.1", "/410", "127.0.0.0/8")).isInstanceOf(Sent.Gone.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"})
    void an_address_that_is_not_allowed_is_never_connected_to_whatever_it_is_called(String host) {
        Sent sent = send(host, "/204", "10.0.0.0/8");

        assertThat(sent).isInstanceOf(Sent.Again.class);
        assertThat(sent.attempt().problem()).contains("not one that may be told");
        assertThat(asked).hasValue(0);
    }

    @Test
    void who_does_not_answer_is_not_waited_for() {
        Sent sent = send("127.0.0.1", "/silent", "127.0.0.0/8");

        assertThat(sent.attempt().problem()).isEqualTo("did not answer in time");
        assertThat(sent.attempt().seconds()).isLessThan(20);
    }

    private Sent send(String host, String path, String allowed) {
        WebhookRules rules =
                new WebhookRules(
                        tenant -> List.of(SECRET),
                        new AddressRules(List.of(Network.of(allowed))),
                        RetryPlan.DEFAULT,
                        Duration.ofSeconds(1));
        WebhookDelivery delivery =
                new WebhookDelivery(
                        new JobId("a"),
                        new TenantId("museum"),
                        "http://" + host + ":" + server.getAddress().getPort() + path,
                        "msg_a",
                        0,
                        "{}",
                        WebhookDelivery.State.PENDING,
                        List.of(),
                        NOW,
                        NOW);
        try (WebhookSender sender = new WebhookSender(rules, InstantSource.fixed(NOW))) {
            return sender.send(delivery);
        }
    }
}
