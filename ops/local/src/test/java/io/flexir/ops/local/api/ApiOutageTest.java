package io.flexir.ops.local.api;

import static io.flexir.ops.local.api.ApiFleet.idOf;
import static io.flexir.ops.local.api.ApiFleet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpResponse;
import java.time.Duration;

/** What the API says while something that it needs is away, and that it comes back by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class ApiOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private ApiFleet fleet;

    @BeforeAll
    void start() {
        fleet = new ApiFleet();
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    @Test
    void without_the_object_store_jobs_are_shown_but_not_taken() {
        String body = fleet.submissionOf("in/store-outage.png");
        String id = idOf(fleet.submit(body));

        fleet.server.stop();
        HttpResponse<String> refused = fleet.submit(body);

        assertUnavailable(refused);
        assertThat(fleet.get("/v1/jobs/" + id).statusCode()).isEqualTo(200);
        assertThat(health("object-store")).isEqualTo("failing");
        fleet.server.start();
        assertThat(fleet.submit(body).statusCode()).isEqualTo(202);
        assertThat(health("object-store")).isEqualTo("ok");
    }

    @Test
    void without_the_broker_a_submission_is_not_acknowledged_and_its_repetition_is_one_job() {
        String body = fleet.submissionOf("in/broker-outage.png");

        fleet.broker.stop();
        HttpResponse<String> refused = fleet.submit(body, "Idempotency-Key", "outage");

        assertUnavailable(refused);
        await().atMost(PATIENCE).until(() -> health("view").equals("failing"));
        fleet.broker.start();
        await().atMost(PATIENCE).until(() -> fleet.ready(fleet.api));
        HttpResponse<String> accepted = fleet.submit(body, "Idempotency-Key", "outage");
        assertThat(accepted.statusCode()).isIn(200, 202);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                json(fleet.get("/v1/jobs/" + idOf(accepted)))
                                        .path("state")
                                        .asText()
                                        .equals("queued"));
    }

    private String health(String check) {
        return json(fleet.get(fleet.management(fleet.api, "/health/ready")))
                .at("/checks/" + check)
                .asText();
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(json(response).path("type").asText())
                .isEqualTo("urn:flexir:problem:unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
}
