package io.flexir.ops.local.api;

import static io.flexir.ops.local.api.ApiFleet.MODEL;
import static io.flexir.ops.local.api.ApiFleet.idOf;
import static io.flexir.ops.local.api.ApiFleet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.scheduler.api.ApiServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The API over a real broker, a real object store and the scheduler's real core. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class ApiFleetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ApiFleet fleet;

    @BeforeAll
    void start() {
        fleet = new ApiFleet();
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    @AfterEach
    void cancelWhatWaits() {
        fleet.worker.stop();
        json(fleet.get("/v1/jobs?state=queued,scheduled,running&limit=500"))
                .path("jobs")
                .forEach(job -> fleet.delete("/v1/jobs/" + job.path("id").asText()));
        await().atMost(PATIENCE)
                .until(
                        () ->
                                json(fleet.get("/v1/jobs?state=queued,scheduled,running"))
                                        .path("jobs")
                                        .isEmpty());
    }

    @Test
    void a_submitted_object_is_pinned_measured_and_queued() {
        String body = fleet.submissionOf("in/pinned.png");

        HttpResponse<String> response = fleet.submit(body);

        JsonNode job = json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location"))
                .contains("/v1/jobs/" + idOf(response));
        assertThat(job.path("state").asText()).isEqualTo("queued");
        assertThat(job.at("/input/etag").asText()).isNotEmpty();
        assertThat(job.at("/imageSize/width").asInt()).isEqualTo(33);
        assertThat(job.at("/imageSize/height").asInt()).isEqualTo(21);
    }

    @Test
    void a_policy_that_is_put_decides_the_next_budget_and_can_be_taken_back() {
        HttpResponse<String> put =
                fleet.putJson("/v1/policy", "{\"kind\":\"fixed\",\"pointer\":2}");
        fleet.worker.heartbeat(5);
        String job = idOf(fleet.submit(fleet.submissionOf("in/policy.png")));
        await().atMost(PATIENCE).until(() -> json(fleet.get("/v1/jobs/" + job)).has("budget"));
        JsonNode budget = json(fleet.get("/v1/jobs/" + job)).path("budget");
        HttpResponse<String> reset = fleet.delete("/v1/policy");

        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        assertThat(json(put).at("/policy/pointer").asInt()).isEqualTo(2);
        assertThat(budget.path("target").asInt()).isEqualTo(2);
        assertThat(reset.statusCode()).as(reset.body()).isEqualTo(200);
        assertThat(json(reset).path("configured").asBoolean()).isTrue();
        assertThat(json(fleet.get("/v1/policy")).at("/policy/pointer").asInt()).isEqualTo(6);
    }

    @Test
    void an_experiment_is_run_rated_promoted_and_ended() {
        HttpResponse<String> started =
                fleet.putJson(
                        "/v1/experiments/depth",
                        """
                        {"variants": [
                          {"name": "two", "weight": 1, "policy": {"kind": "fixed", "pointer": 2}},
                          {"name": "three", "weight": 1, "policy": {"kind": "fixed", "pointer": 3}}]}""");
        await().atMost(PATIENCE)
                .until(() -> fleet.get("/v1/experiments/depth").statusCode() == 200);
        fleet.worker.heartbeat(5);
        String job = idOf(fleet.submit(fleet.submissionOf("in/experiment.png")));
        await().atMost(PATIENCE).until(() -> fleet.worker.order(job).isPresent());
        WorkOrder order = fleet.worker.order(job).orElseThrow();
        ObjectReference result = fleet.store.put("out/experiment.png", ApiFleet.png(3, 2));
        fleet.worker.reportRestored(order, result, 3);
        await().atMost(PATIENCE).until(() -> json(fleet.get("/v1/jobs/" + job)).has("receipt"));
        HttpResponse<String> rated =
                fleet.postJson("/v1/jobs/" + job + "/feedback", "{\"rating\": 4}");
        await().atMost(PATIENCE)
                .until(() -> fleet.get("/v1/experiments/depth").body().contains("\"rating\""));
        HttpResponse<String> promoted =
                fleet.postJson("/v1/experiments/depth/promotion", "{\"variant\": \"three\"}");
        await().atMost(PATIENCE)
                .until(
                        () ->
                                json(fleet.get("/v1/policy")).at("/policy/pointer").asInt() == 3
                                        && json(fleet.get("/v1/experiments/depth"))
                                                .has("promoted"));
        HttpResponse<String> ended = fleet.delete("/v1/experiments/depth");
        fleet.delete("/v1/policy");

        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        assertThat(order.policyVersion()).startsWith("experiment depth/t");
        assertThat(order.budget().target()).isBetween(2, 3);
        assertThat(rated.statusCode()).as(rated.body()).isEqualTo(204);
        assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(202);
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(204);
        await().atMost(PATIENCE)
                .until(() -> fleet.get("/v1/experiments/depth").statusCode() == 404);
    }

    @Test
    void an_input_that_does_not_exist_is_named() {
        HttpResponse<String> response =
                fleet.submit(
                        """
                        {"model": "%s", "input": {"bucket": "no-such-bucket", "key": "in/no.png"}}"""
                                .formatted(MODEL));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(json(response).path("type").asText())
                .isEqualTo("urn:flexir:problem:input-missing");
        assertThat(json(response).path("detail").asText()).contains("no-such-bucket", "in/no.png");
    }

    @Test
    void an_input_with_another_etag_than_was_meant_is_refused() {
        fleet.submissionOf("in/changed.png");

        HttpResponse<String> response =
                fleet.submit(
                        """
                        {"model": "%s", "input": {"bucket": "%s", "key": "in/changed.png", "etag": "other"}}"""
                                .formatted(MODEL, fleet.server.bucket()));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).path("type").asText())
                .isEqualTo("urn:flexir:problem:input-changed");
    }

    @Test
    void the_same_submission_with_the_same_key_is_the_same_job() {
        String body = fleet.submissionOf("in/same.png");

        HttpResponse<String> first = fleet.submit(body, "Idempotency-Key", "same");
        HttpResponse<String> second = fleet.submit(body, "Idempotency-Key", "same");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(idOf(second)).isEqualTo(idOf(first));
        assertThat(json(second).path("createdAt")).isEqualTo(json(first).path("createdAt"));
    }

    @Test
    void another_submission_with_a_used_key_is_refused() {
        String body = fleet.submissionOf("in/reused.png");
        fleet.submit(body, "Idempotency-Key", "reused");

        HttpResponse<String> response = fleet.submit(body + " ", "Idempotency-Key", "reused");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).path("type").asText())
                .isEqualTo("urn:flexir:problem:idempotency-key-reused");
    }

    @Test
    void of_racing_submissions_with_one_key_at_two_schedulers_one_body_wins() throws Exception {
        String body = fleet.submissionOf("in/race.png");
        try (ApiServer other = fleet.startApi(ApiFleet.MAX_WAITING)) {
            await().atMost(PATIENCE).until(() -> fleet.ready(other));
            List<Callable<HttpResponse<String>>> racers =
                    IntStream.range(0, 10)
                            .<Callable<HttpResponse<String>>>mapToObj(
                                    racer ->
                                            () ->
                                                    fleet.submitTo(
                                                            racer % 2 == 0 ? fleet.api : other,
                                                            body + " ".repeat(racer),
                                                            "Idempotency-Key",
                                                            "race"))
                            .toList();

            List<Integer> statuses = statuses(racers);

            assertThat(statuses).containsOnlyOnce(202).contains(422).hasSize(10);
            assertThat(statuses).allMatch(status -> status == 202 || status == 422);
        }
    }

    @Test
    void an_image_within_the_submission_is_stored_first() {
        byte[] image = ApiFleet.png(40, 30);

        HttpResponse<String> response =
                fleet.submit(
                        """
                        {"model": "%s", "input": {"data": "%s"}}"""
                                .formatted(MODEL, Base64.getEncoder().encodeToString(image)));

        JsonNode input = json(response).path("input");
        ObjectReference stored =
                ObjectReference.latest(input.path("bucket").asText(), input.path("key").asText());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(stored.key()).startsWith("uploads/default/" + idOf(response) + "/");
        assertThat(fleet.store.readStart(stored, 1 << 20)).isEqualTo(image);
        assertThat(json(response).at("/imageSize/width").asInt()).isEqualTo(40);
    }

    @Test
    void a_large_image_goes_by_presigned_put() {
        JsonNode upload =
                json(
                        fleet.send(
                                HttpRequest.newBuilder(fleet.at("/v1/uploads"))
                                        .POST(BodyPublishers.noBody())));
        URI address = URI.create(upload.path("url").asText());

        int stored = fleet.put(address, ApiFleet.png(50, 20)).statusCode();
        HttpResponse<String> response =
                fleet.submit(
                        """
                        {"model": "%s", "input": %s}"""
                                .formatted(MODEL, upload.path("input")));

        assertThat(stored).isEqualTo(200);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    @Test
    void a_job_is_followed_from_queue_to_result() {
        String id = idOf(fleet.submit(fleet.submissionOf("in/life.png")));
        try (Follower follower = Follower.of(fleet.at("/v1/jobs/" + id + "/events"))) {
            fleet.worker.heartbeat(1);
            WorkOrder order = orderFor(id);
            awaitState(id, "scheduled");

            fleet.worker.heartbeat(1, fleet.worker.restoring(order, 3));
            awaitState(id, "running");
            fleet.worker.heartbeat(1, fleet.worker.restoring(order, 7));
            await().atMost(PATIENCE).until(() -> regionsDone(id) == 7);
            ObjectReference result = fleet.store.put("results/life.png", ApiFleet.png(33, 21));
            fleet.worker.reportRestored(order, result, 99);
            awaitState(id, "succeeded");

            await().atMost(PATIENCE).until(follower::ended);
            assertThat(follower.names()).startsWith("state").endsWith("final").contains("progress");
            assertThat(follower.states())
                    .containsSubsequence("queued", "scheduled", "running", "succeeded");
        }
        HttpResponse<String> redirect = fleet.get("/v1/jobs/" + id + "/result");
        URI address = URI.create(redirect.headers().firstValue("Location").orElseThrow());
        assertThat(redirect.statusCode()).isEqualTo(303);
        assertThat(fleet.get(address).statusCode()).isEqualTo(200);
        assertOnlyThe(address);
    }

    /** The address opens this object and no other, and nothing opens without its signature. */
    private void assertOnlyThe(URI address) {
        assertThat(address.getQuery()).contains("X-Amz-Expires=600");
        URI unsigned = URI.create(address.toString().split("\\?", 2)[0]);
        URI another = URI.create(address.toString().replace("life.png", "other.png"));
        fleet.store.put("results/other.png", ApiFleet.png(3, 3));

        assertThat(fleet.get(unsigned).statusCode()).isEqualTo(403);
        assertThat(fleet.get(another).statusCode()).isEqualTo(403);
    }

    @Test
    void a_waiting_job_can_be_cancelled() {
        String id = idOf(fleet.submit(fleet.submissionOf("in/cancel.png")));

        HttpResponse<String> asked = fleet.delete("/v1/jobs/" + id);

        assertThat(asked.statusCode()).isEqualTo(202);
        awaitState(id, "cancelled");
        assertThat(fleet.delete("/v1/jobs/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void past_the_bound_of_waiting_jobs_submissions_are_refused_and_come_through_later() {
        String body = fleet.submissionOf("in/many.png");
        try (ApiServer narrow = fleet.startApi(3)) {
            await().atMost(PATIENCE).until(() -> fleet.ready(narrow));

            List<HttpResponse<String>> responses =
                    IntStream.range(0, 5).mapToObj(job -> fleet.submitTo(narrow, body)).toList();

            assertThat(responses)
                    .extracting(HttpResponse::statusCode)
                    .containsExactly(202, 202, 202, 429, 429);
            assertThat(responses.getLast().headers().firstValue("Retry-After")).isPresent();
            fleet.delete("/v1/jobs/" + idOf(responses.getFirst()));
            await().atMost(PATIENCE).until(() -> fleet.submitTo(narrow, body).statusCode() == 202);
        }
    }

    @Test
    void a_scheduler_that_starts_later_knows_the_jobs_of_before() {
        String id = idOf(fleet.submit(fleet.submissionOf("in/before.png")));

        try (ApiServer later = fleet.startApi(ApiFleet.MAX_WAITING)) {
            await().atMost(PATIENCE).until(() -> fleet.ready(later));
            URI job = URI.create("http://127.0.0.1:" + later.port() + "/v1/jobs/" + id);

            assertThat(fleet.get(job).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void every_scheduler_wants_the_same_number_of_workers_for_the_whole_fleet() {
        String body = fleet.submissionOf("in/scaling.png");
        fleet.worker.heartbeat(1);
        for (int job = 0; job < 3; job++) {
            fleet.submit(body);
        }

        try (ApiServer other = fleet.startApi(ApiFleet.MAX_WAITING)) {
            JsonNode here = scalingWith(3, fleet.api);
            JsonNode there = scalingWith(3, other);

            double atFullDepth = here.at("/work/workerSecondsAtFullDepth").asDouble();
            assertThat(atFullDepth).isGreaterThan(here.at("/work/workerSecondsAtFloor").asDouble());
            assertThat(there.at("/work/workerSecondsAtFullDepth").asDouble())
                    .isCloseTo(atFullDepth, within(1e-9));
            assertThat(there.at("/pools/cpu/desiredWorkers"))
                    .isEqualTo(here.at("/pools/cpu/desiredWorkers"));
            assertThat(here.at("/pools/cpu/desiredWorkers").asInt()).isEqualTo(1);
            assertThat(fleet.get(fleet.management(other, "/metrics")).body())
                    .contains("flexir_desired_workers{pool=\"cpu\",} 1.0");
        }
    }

    /** What a scheduler says once it knows of so many jobs. */
    private JsonNode scalingWith(int jobs, ApiServer scheduler) {
        return await().atMost(PATIENCE)
                .until(
                        () -> json(fleet.get(fleet.management(scheduler, "/scaling"))),
                        scaling ->
                                scaling.at("/work/queuedJobs").asInt()
                                                + scaling.at("/work/ordersOut").asInt()
                                        == jobs);
    }

    @Test
    void jobs_are_listed_page_by_page() {
        String body = fleet.submissionOf("in/pages.png");
        List<String> ids = IntStream.range(0, 5).mapToObj(job -> idOf(fleet.submit(body))).toList();
        await().atMost(PATIENCE).until(() -> page("").path("jobs").size() == 5);

        JsonNode first = page("&limit=2");
        JsonNode second = page("&limit=2&cursor=" + first.path("nextCursor").asText());
        JsonNode third = page("&limit=2&cursor=" + second.path("nextCursor").asText());

        assertThat(List.of(first, second, third))
                .flatExtracting(page -> page.path("jobs").findValuesAsText("id"))
                .containsExactlyElementsOf(ids.reversed());
        assertThat(third.has("nextCursor")).isFalse();
    }

    @Test
    void the_management_port_tells_what_happened() {
        fleet.submit(fleet.submissionOf("in/metrics.png"));

        String metrics = fleet.get(fleet.management(fleet.api, "/metrics")).body();

        assertThat(metrics)
                .contains("flexir_http_requests_total{operation=\"submitJob\",status=\"202\",}")
                .contains("flexir_jobs_admitted_total", "flexir_view_waiting_jobs", "jvm_memory");
        assertThat(fleet.get(fleet.management(fleet.api, "/health/live")).statusCode())
                .isEqualTo(200);
    }

    private JsonNode page(String query) {
        return json(fleet.get("/v1/jobs?state=queued" + query));
    }

    private WorkOrder orderFor(String id) {
        return await().atMost(PATIENCE)
                .until(() -> fleet.worker.order(id), Optional::isPresent)
                .orElseThrow();
    }

    private void awaitState(String id, String state) {
        await().atMost(PATIENCE)
                .until(
                        () -> json(fleet.get("/v1/jobs/" + id)).path("state").asText(),
                        state::equals);
    }

    private int regionsDone(String id) {
        return json(fleet.get("/v1/jobs/" + id)).at("/progress/regionsDone").asInt();
    }

    private static List<Integer> statuses(List<Callable<HttpResponse<String>>> racers)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : threads.invokeAll(racers)) {
                statuses.add(answer.get().statusCode());
            }
            return statuses;
        }
    }
}
