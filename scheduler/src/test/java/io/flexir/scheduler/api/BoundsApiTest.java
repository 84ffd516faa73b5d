package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.access.RateRules;
import io.flexir.scheduler.access.SingleTenant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a tenant may send, and how much of it. */
@Timeout(60)
class BoundsApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FOLLOW_WITH_A_BODY_OF_UNTOLD_LENGTH =
            """
            GET /v1/fleet/events HTTP/1.1\r
            Host: x\r
            Transfer-Encoding: chunked\r
            \r
            0\r
            \r
            """;
    private static final String PADDED = "{\"input\":" + " ".repeat(20_000) + "}";

    private final RunningApi api =
            RunningApi.askedBy(
                    new SingleTenant(Samples.TENANT, null),
                    new AccessRules(
                            InputRules.ofOwn("flexir"),
                            new RateRules(Map.of(Samples.TENANT, 3.0), 0.01)));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void an_object_that_is_not_the_tenants_is_refused_before_the_store_is_asked() {
        HttpResponse<String> others = submit("uploads/other/a");
        HttpResponse<String> own = submit("uploads/default/a");

        assertThat(others.statusCode()).as(others.body()).isEqualTo(422);
        assertThat(json(others).path("type").asText()).isEqualTo("urn:flexir:problem:input-denied");
        // No store answers here: whoever got so far was let through.
        assertThat(own.statusCode()).as(own.body()).isEqualTo(503);
    }

    @Test
    void a_tenant_that_asks_too_often_is_told_when_to_come_back() {
        try (RunningApi slow =
                RunningApi.askedBy(
                        new SingleTenant(Samples.TENANT, null),
                        new AccessRules(InputRules.ANY, new RateRules(Map.of(), 0.01)))) {
            assertThat(slow.get("/v1/models").statusCode()).isEqualTo(200);

            HttpResponse<String> refused = slow.get("/v1/models");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(json(refused).path("type").asText())
                    .isEqualTo("urn:flexir:problem:rate-limited");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(90L, 100L);
            assertThat(slow.metrics.scrape())
                    .contains("flexir_http_refused_total{what=\"rate\",} 1.0");
        }
    }

    @Test
    void a_body_past_the_bound_is_refused_whether_its_length_is_told_or_not() {
        String large = "{\"model\":\"" + "m".repeat(200_000) + "\"}";

        HttpResponse<String> told = api.post("/v1/jobs", large);
        HttpResponse<String> untold =
                api.send(
                        api.request("/v1/jobs", "Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.fromPublisher(
                                                BodyPublishers.ofString(large))));

        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(untold.statusCode()).isEqualTo(413);
        assertThat(json(untold).path("type").asText())
                .isEqualTo("urn:flexir:problem:body-too-large");
    }

    @Test
    void a_body_larger_than_all_bodies_may_be_together_is_too_large_and_not_only_badly_timed()
            throws IOException {
        for (long length : List.of(100_000_000_000L, Long.MAX_VALUE)) {
            assertThat(answerTo(length)).contains(" 413 ");
        }
    }

    private String answerTo(long contentLength) throws IOException {
        try (Socket socket = api.announce(contentLength);
                BufferedReader answer =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII))) {
            return answer.readLine();
        }
    }

    @Test
    void all_bodies_together_are_bounded_until_their_senders_are_done() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try (RunningApi unhurried = RunningApi.open()) {
            for (int i = 0; i < 10; i++) {
                slow.add(unhurried.announce(99_000));
            }

            await().atMost(PATIENCE)
                    .until(() -> unhurried.post("/v1/jobs", PADDED).statusCode() == 503);
            assertThat(unhurried.post("/v1/jobs", PADDED).headers().firstValue("Retry-After"))
                    .isPresent();

            for (Socket sender : slow) {
                sender.close();
            }
            await().atMost(PATIENCE)
                    .until(() -> unhurried.post("/v1/jobs", PADDED).statusCode() == 400);
        }
    }

    @Test
    void a_stream_gives_back_what_its_body_took_and_is_counted() throws IOException {
        try (RunningApi unhurried = RunningApi.open()) {
            for (int i = 0; i < 12; i++) {
                try (Socket follower = unhurried.say(FOLLOW_WITH_A_BODY_OF_UNTOLD_LENGTH)) {
                    assertThat(follower.getInputStream().read()).isPositive();
                }
                await().atMost(PATIENCE)
                        .until(
                                () ->
                                        unhurried
                                                .metrics
                                                .scrape()
                                                .contains("flexir_event_streams 0.0"));
            }

            assertThat(unhurried.post("/v1/jobs", PADDED).statusCode()).isEqualTo(400);
            assertThat(unhurried.metrics.scrape())
                    .contains("flexir_http_requests_total{operation=\"followFleet\"");
        }
    }

    private HttpResponse<String> submit(String key) {
        return api.post(
                "/v1/jobs",
                "{\"model\":\"denoise-color-25-s\",\"input\":{\"bucket\":\"flexir\",\"key\":\""
                        + key
                        + "\"}}");
    }
}
