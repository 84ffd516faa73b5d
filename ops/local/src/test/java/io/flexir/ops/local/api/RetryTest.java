package io.flexir.ops.local.api;

import static io.flexir.ops.local.api.ApiFleet.idOf;
import static io.flexir.ops.local.api.ApiFleet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Failure.Reason;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.ops.local.worker.TopicLog;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Failed jobs done over, over a real broker and store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class RetryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Failure POISON = new Failure(Reason.POISON, "It seems to kill its worker");

    private ApiFleet fleet;
    private TopicLog<Outcome> outcomes;

    @BeforeAll
    void start() {
        fleet = new ApiFleet();
        outcomes =
                new TopicLog<>(
                        fleet.broker.bootstrapServers(), Topics.OUTCOMES, MessageType.OUTCOME);
    }

    @AfterAll
    void stop() {
        outcomes.close();
        fleet.close();
    }

    @Test
    void a_failed_job_is_done_over_as_one_other_job_however_often_it_is_asked_for() {
        String failed = failedJob("in/retried.png");

        HttpResponse<String> first = retry(failed);
        HttpResponse<String> second = retry(failed);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        String retried = idOf(first);
        assertThat(idOf(second)).isEqualTo(retried).isNotEqualTo(failed);
        assertThat(first.headers().firstValue("Location")).contains("/v1/jobs/" + retried);
        assertThat(json(first).path("retryOf").asText()).isEqualTo(failed);
        WorkOrder order = orderFor(retried);
        ObjectReference result = fleet.store.put("results/retried.png", ApiFleet.png(33, 21));
        fleet.worker.reportRestored(order, result, 99);
        awaitState(retried, "succeeded");
        JsonNode before = job(failed);
        assertThat(before.path("state").asText()).isEqualTo("failed");
        assertThat(before.path("retriedAs").asText()).isEqualTo(retried);
        assertThat(order.request().input()).isEqualTo(inputOf(before));
        assertThat(outcomesOf(failed)).singleElement().isInstanceOf(Outcome.Failed.class);
        assertThat(outcomesOf(retried)).singleElement().isInstanceOf(Outcome.Restored.class);
    }

    @Test
    void a_deadline_is_as_far_off_as_it_was() {
        String body =
                fleet.submissionOf("in/in-time.png")
                        .replace("{\"model\"", "{\"deadlineSeconds\": 3600, \"model\"");
        String failed = failed(idOf(fleet.submit(body)));

        JsonNode retried = json(retry(failed));

        assertThat(timeLeft(retried)).isEqualTo(timeLeft(job(failed)));
    }

    @Test
    void a_job_that_has_not_failed_is_not_done_over() {
        String waiting = idOf(fleet.submit(fleet.submissionOf("in/waiting.png")));

        HttpResponse<String> refused = retry(waiting);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(json(refused).path("type").asText()).isEqualTo("urn:flexir:problem:not-failed");
    }

    private String failedJob(String key) {
        return failed(idOf(fleet.submit(fleet.submissionOf(key))));
    }

    private String failed(String id) {
        fleet.worker.reportFailed(orderFor(id), POISON);
        awaitState(id, "failed");
        return id;
    }

    private HttpResponse<String> retry(String id) {
        return fleet.postJson("/v1/jobs/" + id + "/retry", "");
    }

    private WorkOrder orderFor(String id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            fleet.worker.heartbeat(4);
                            return fleet.worker.order(id);
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private void awaitState(String id, String state) {
        await().atMost(PATIENCE).until(() -> job(id).path("state").asText().equals(state));
    }

    private JsonNode job(String id) {
        return json(fleet.get("/v1/jobs/" + id));
    }

    private List<Outcome> outcomesOf(String id) {
        outcomes.await(outcome -> outcome.jobId().value().equals(id));
        return outcomes.all().stream()
                .filter(outcome -> outcome.jobId().value().equals(id))
                .toList();
    }

    private static ObjectReference inputOf(JsonNode job) {
        JsonNode input = job.path("input");
        return new ObjectReference(
                input.path("bucket").asText(),
                input.path("key").asText(),
                null,
                input.path("etag").asText());
    }

    private static Duration timeLeft(JsonNode job) {
        return Duration.between(
                Instant.parse(job.path("createdAt").asText()),
                Instant.parse(job.path("deadline").asText()));
    }
}
