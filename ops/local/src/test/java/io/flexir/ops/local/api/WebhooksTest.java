package io.flexir.ops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.api.ApiServer;
import io.flexir.scheduler.api.webhook.AddressRules;
import io.flexir.scheduler.api.webhook.Network;
import io.flexir.scheduler.api.webhook.RetryPlan;
import io.flexir.scheduler.api.webhook.WebhookRules;
import io.flexir.scheduler.api.webhook.WebhookSecret;
import io.flexir.scheduler.keeping.KeepingRules;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** A job's end told over a real broker to a real receiver. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class WebhooksTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final JsonMapper JSON = MessageCodec.newMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApiFleet fleet = new ApiFleet();
    private final Receiver receiver = new Receiver();
    private ApiServer api = start(rules(retries(0.05, 5), "127.0.0.0/8"));

    @AfterEach
    void answer() {
        receiver.answer.set(204);
        receiver.messages.clear();
    }

    @AfterAll
    void stop() {
        api.close();
        receiver.close();
        fleet.close();
    }

    @Test
    void who_asked_is_told_of_a_jobs_end_by_a_signed_message() throws Exception {
        String id = submit();
        fleet.worker.heartbeat(5);
        await().atMost(PATIENCE).until(() -> fleet.worker.order(id).isPresent());
        ObjectReference result = fleet.store.put("results/told.png", ApiFleet.png(33, 21));
        fleet.worker.reportRestored(fleet.worker.order(id).orElseThrow(), result, 99);

        Receiver.Message message = awaitMessage(id);

        HttpHeaders headers = HttpHeaders.of(message.headers(), (name, value) -> true);
        for (String secret : List.of(SECRET, OLD_SECRET)) {
            new Webhook(secret).verify(message.body(), headers);
        }
        assertThatExceptionOfType(WebhookVerificationException.class)
                .isThrownBy(() -> new Webhook(SECRET).verify(message.body() + " ", headers));
        JsonNode body = JSON.readTree(message.body());
        assertThat(body.path("type").asText()).isEqualTo("job.succeeded");
        assertThat(body.at("/data/id").asText()).isEqualTo(id);
        assertThat(body.at("/data/receipt/gigaMacs").asDouble()).isPositive();
        assertThat(message.header("webhook-id")).isEqualTo("msg_" + id);
        JsonNode log = awaitLog(id, "delivered");
        assertThat(log.path("attempts")).hasSize(1);
        assertThat(log.at("/attempts/0/status").asInt()).isEqualTo(204);
    }

    @Test
    void what_does_not_arrive_is_sent_again_with_the_same_id() {
        receiver.answer.set(500);
        String id = submit();
        fleet.delete("/v1/jobs/" + id);
        await().atMost(PATIENCE).until(() -> messagesOf(id).size() >= 2);

        receiver.answer.set(200);
        JsonNode log = awaitLog(id, "delivered");

        int tries = log.path("attempts").size();
        assertThat(tries).isGreaterThanOrEqualTo(3);
        assertThat(log.at("/attempts/0/problem").asText()).isEqualTo("answered with 500");
        assertThat(log.at("/attempts/" + (tries - 1) + "/status").asInt()).isEqualTo(200);
        assertThat(messagesOf(id))
                .extracting(message -> message.header("webhook-id"))
                .containsOnly("msg_" + id);
        assertThat(messagesOf(id).getFirst().body()).contains("job.cancelled");
    }

    @Test
    void after_its_last_try_it_is_given_up() {
        receiver.answer.set(503);
        String id = submit();
        fleet.delete("/v1/jobs/" + id);

        JsonNode log = awaitLog(id, "failed");

        assertThat(log.path("attempts")).hasSize(6);
        assertThat(log.has("nextAttemptAt")).isFalse();
        assertThat(fleet.metrics.scrape())
                .contains("flexir_webhook_attempts_total{answer=\"5xx\",}")
                .contains("flexir_webhook_deliveries_total{outcome=\"failed\",}");
    }

    @Test
    void a_scheduler_that_dies_leaves_what_is_to_be_told_to_the_next() {
        api.close();
        api = start(rules(retries(2, 2), "127.0.0.0/8"));
        receiver.answer.set(500);
        String id = submit();
        fleet.delete("/v1/jobs/" + id);
        await().atMost(PATIENCE).until(() -> messagesOf(id).size() == 1);

        api.close();
        receiver.answer.set(204);
        api = start(rules(retries(0.05, 5), "127.0.0.0/8"));

        JsonNode log = awaitLog(id, "delivered");
        assertThat(log.at("/attempts/0/status").asInt()).isEqualTo(500);
        assertThat(log.path("attempts").size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void jobs_that_ended_while_no_scheduler_listened_are_told_of_later() {
        String id = submit();
        api.close();
        fleet.delete("/v1/jobs/" + id);
        await().atMost(PATIENCE)
                .until(() -> fleet.get("/v1/jobs/" + id).body().contains("cancelled"));

        api = start(rules(retries(0.05, 5), "127.0.0.0/8"));

        assertThat(awaitMessage(id).body()).contains("job.cancelled");
    }

    @Test
    void what_cannot_be_signed_or_is_no_address_is_refused() {
        HttpResponse<String> unsigned = fleet.submit(submission(receiver.url()));
        HttpResponse<String> nowhere = fleet.submitTo(api, submission("ftp://museum.example"));
        HttpResponse<String> user = fleet.submitTo(api, submission("https://a:b@museum.example"));

        assertThat(unsigned.statusCode()).isEqualTo(422);
        assertThat(unsigned.body()).contains("no webhook secret for tenant default");
        assertThat(nowhere.statusCode()).isEqualTo(400);
        assertThat(user.statusCode()).isEqualTo(400);
    }

    @Test
    void a_job_without_a_webhook_has_no_deliveries() {
        HttpResponse<String> submitted = fleet.submit(fleet.submissionOf("in/plain.png"));

        HttpResponse<String> log =
                fleet.get(at("/v1/jobs/" + ApiFleet.idOf(submitted) + "/webhook-deliveries"));

        assertThat(log.statusCode()).isEqualTo(404);
        assertThat(log.body()).contains("urn:flexir:problem:no-webhook");
    }

    /** Again while the store is too busy to answer: with a key it is one job. */
    private String submit() {
        String key = UUID.randomUUID().toString();
        String body = submission(receiver.url());
        AtomicReference<HttpResponse<String>> submitted = new AtomicReference<>();
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            submitted.set(fleet.submitTo(api, body, "Idempotency-Key", key));
                            return submitted.get().statusCode() != 503;
                        });
        HttpResponse<String> answer = submitted.get();
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        assertThat(ApiFleet.json(answer).path("webhook").asText()).isEqualTo(receiver.url());
        return ApiFleet.idOf(answer);
    }

    private String submission(String webhook) {
        String plain = fleet.submissionOf("in/told.png").strip();
        return plain.substring(0, plain.length() - 1) + ", \"webhook\": \"" + webhook + "\"}";
    }

    private List<Receiver.Message> messagesOf(String job) {
        return receiver.messages.stream()
                .filter(message -> message.header("webhook-id").equals("msg_" + job))
                .toList();
    }

    private Receiver.Message awaitMessage(String job) {
        await().atMost(PATIENCE).until(() -> !messagesOf(job).isEmpty());
        return messagesOf(job).getFirst();
    }

    private JsonNode awaitLog(String job, String state) {
        await().atMost(PATIENCE).until(() -> state.equals(log(job).path("state").asText()));
        return log(job);
    }

    private JsonNode log(String job) {
        return ApiFleet.json(fleet.get(at("/v1/jobs/" + job + "/webhook-deliveries")));
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + api.port() + path);
    }

    private ApiServer start(WebhookRules rules) {
        ApiServer started =
                fleet.startApi(ApiFleet.MAX_WAITING, Routes.NONE, KeepingRules.DEFAULT, rules);
        await().atMost(PATIENCE).until(() -> fleet.ready(started));
        return started;
    }

    private static RetryPlan retries(double seconds, int times) {
        Duration wait = Duration.ofMillis(Math.round(1000 * seconds));
        return new RetryPlan(IntStream.range(0, times).mapToObj(i -> wait).toList());
    }

    private static WebhookRules rules(RetryPlan retries, String allowed) {
        List<WebhookSecret> secrets =
                List.of(WebhookSecret.of(SECRET), WebhookSecret.of(OLD_SECRET));
        return new WebhookRules(
                tenant -> secrets,
                new AddressRules(List.of(Network.of(allowed))),
                retries,
                Duration.ofSeconds(5));
    }
}
