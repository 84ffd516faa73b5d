package io.flexir.ops.local.api;

import static io.flexir.ops.local.api.ApiFleet.MODEL;
import static io.flexir.ops.local.api.ApiFleet.idOf;
import static io.flexir.ops.local.api.ApiFleet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.scheduler.access.RateRules;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.api.ApiServer;
import io.flexir.scheduler.api.webhook.WebhookRules;
import io.flexir.scheduler.keeping.KeepingRules;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Many images in one submission, over a real broker and store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class BatchesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
        waiting().forEach(id -> fleet.delete("/v1/jobs/" + id));
        await().atMost(PATIENCE).until(() -> waiting().isEmpty());
    }

    @Test
    void every_object_whose_key_begins_so_becomes_a_job_as_it_was_asked_for() {
        store("in/album/a.png", "in/album/deeper/b.png", "in/albums.png");
        fleet.store.put("in/album/empty.png", new byte[0]);

        HttpResponse<String> answer =
                submit(body("in/album/", "\"depth\": {\"kind\": \"fixed\", \"pointer\": 2},"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode batch = json(answer);
        assertThat(answer.headers().firstValue("Location")).contains("/v1/batches/" + idOf(answer));
        assertThat(keys(batch)).containsExactly("in/album/a.png", "in/album/deeper/b.png");
        assertThat(batch.path("complete").asBoolean()).isTrue();
        assertThat(batch.has("nextStartAfter")).isFalse();
        assertThat(listed(idOf(answer))).containsExactlyInAnyOrderElementsOf(ids(batch));
        JsonNode job = json(fleet.get("/v1/jobs/" + ids(batch).getFirst()));
        assertThat(job.at("/depth/pointer").asInt()).isEqualTo(2);
        assertThat(job.at("/input/etag").asText()).isNotEmpty();
        assertThat(job.at("/imageSize/width").asInt()).isEqualTo(33);
        assertThat(job.path("batch").asText()).isEqualTo(idOf(answer));
    }

    @Test
    void its_jobs_are_counted_by_state_until_all_have_ended() {
        store("in/counted/a.png", "in/counted/b.png", "in/counted/c.png");
        HttpResponse<String> answer = submit(body("in/counted/", ""));
        String first = ids(json(answer)).getFirst();

        await().atMost(PATIENCE).until(() -> states(answer), "queued=3"::equals);
        fleet.delete("/v1/jobs/" + ids(json(answer)).getLast());
        await().atMost(PATIENCE).until(() -> states(answer), "cancelled=1 queued=2"::equals);
        WorkOrder order = orderFor(first);
        fleet.worker.reportRestored(
                order, fleet.store.put("results/counted.png", ApiFleet.png(33, 21)), 99);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                states(answer).contains("succeeded=1")
                                        && states(answer).contains("cancelled=1"));
        assertThat(batch(answer).path("ended").asBoolean()).isFalse();
        fleet.delete("/v1/jobs/" + ids(json(answer)).get(1));

        await().atMost(PATIENCE).until(() -> batch(answer).path("total").asInt() == 3);
        assertThat(batch(answer).path("createdAt").asText()).isNotEmpty();
    }

    @Test
    void a_batch_that_is_taken_back_leaves_the_ends_that_were_there() {
        store("in/back/a.png", "in/back/b.png", "in/back/c.png");
        HttpResponse<String> answer = submit(body("in/back/", ""));
        store("in/other/d.png");
        HttpResponse<String> other = submit(body("in/other/", ""));
        WorkOrder order = orderFor(ids(json(answer)).getFirst());
        fleet.worker.reportRestored(
                order, fleet.store.put("results/back.png", ApiFleet.png(33, 21)), 99);
        await().atMost(PATIENCE).until(() -> states(answer).contains("succeeded=1"));

        HttpResponse<String> first = fleet.delete("/v1/batches/" + idOf(answer));
        await().atMost(PATIENCE).until(() -> batch(answer).path("ended").asBoolean());
        HttpResponse<String> second = fleet.delete("/v1/batches/" + idOf(answer));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(json(first).path("total").asInt()).isEqualTo(3);
        assertThat(states(answer)).contains("succeeded=1").contains("cancelled=2");
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(batch(other).path("ended").asBoolean()).isFalse();
        assertThat(fleet.delete("/v1/batches/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void the_same_submission_with_the_same_key_makes_what_is_missing_alone() {
        store("in/again/a.png", "in/again/b.png");
        String body = body("in/again/", "");

        HttpResponse<String> first = submit(body, "Idempotency-Key", "again");
        HttpResponse<String> second = submit(body, "Idempotency-Key", "again");
        store("in/again/c.png");
        HttpResponse<String> third = submit(body, "Idempotency-Key", "again");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(json(second).path("jobs")).isEqualTo(json(first).path("jobs"));
        assertThat(third.statusCode()).as(third.body()).isEqualTo(202);
        assertThat(idOf(third)).isEqualTo(idOf(first));
        assertThat(ids(json(third))).hasSize(3).containsAll(ids(json(first)));
        assertThat(listed(idOf(first))).hasSize(3);
    }

    @Test
    void another_submission_with_a_used_key_is_refused_and_one_without_a_key_is_another_batch() {
        store("in/keyed/a.png");
        HttpResponse<String> first = submit(body("in/keyed/", ""), "Idempotency-Key", "keyed");

        HttpResponse<String> other =
                submit(body("in/keyed/", "\"floor\": 2,"), "Idempotency-Key", "keyed");
        HttpResponse<String> keyless = submit(body("in/keyed/", ""));

        assertProblem(other, 422, "idempotency-key-reused");
        assertThat(idOf(keyless)).isNotEqualTo(idOf(first));
        assertThat(ids(json(keyless))).doesNotContainAnyElementsOf(ids(json(first)));
    }

    @Test
    void past_the_limit_it_says_where_another_batch_goes_on() {
        store("in/long/a.png", "in/long/b.png", "in/long/c.png");

        JsonNode first = json(submit(body("in/long/", "\"limit\": 2,")));
        String next = first.path("nextStartAfter").asText();
        JsonNode second =
                json(
                        submit(
                                """
                                {"input": {"bucket": "%s", "prefix": "in/long/", "startAfter": "%s"}}"""
                                        .formatted(fleet.server.bucket(), next)));

        assertThat(first.path("complete").asBoolean()).isTrue();
        assertThat(keys(first)).containsExactly("in/long/a.png", "in/long/b.png");
        assertThat(next).isEqualTo("in/long/b.png");
        assertThat(keys(second)).containsExactly("in/long/c.png");
        assertThat(second.has("nextStartAfter")).isFalse();
    }

    @Test
    void what_a_tenant_may_not_name_is_not_even_listed() {
        store("in/secret/a.png");

        assertProblem(submit(body("in", "")), 422, "input-denied");
        assertProblem(submit(body("", "")), 422, "input-denied");
        assertProblem(submit(body("in/../uploads/", "")), 422, "input-denied");
        assertProblem(submit(body("uploads/other/", "")), 422, "input-denied");
    }

    @Test
    void what_makes_no_sense_makes_no_job() {
        store("in/sense/a.png");

        assertProblem(submit(body("in/nothing-here/", "")), 422, "input-missing");
        assertProblem(
                submit("{\"input\": {\"bucket\": \"no-such-bucket\", \"prefix\": \"a\"}}"),
                422,
                "input-missing");
        assertProblem(submit(body("in/sense/", "\"floor\": 64,")), 422, "unprocessable");
        assertProblem(submit(body("in/sense/", "\"model\": \"none\",")), 422, "unknown-model");
        assertProblem(submit(body("in/sense/", "\"limit\": 1001,")), 400, "invalid");
        assertProblem(submit(body("in/sense/", "\"speed\": 1,")), 400, "invalid");
        assertProblem(submit("{\"input\": {\"bucket\": \"b\"}}"), 400, "invalid");
        assertProblem(fleet.get("/v1/batches/never-heard-of"), 404, "unknown-batch");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void past_the_bound_of_waiting_jobs_it_stops_and_goes_on_later() {
        store(names("in/bounded/", 8));
        String body = body("in/bounded/", "");
        try (ApiServer small = fleet.startApi(4)) {
            await().atMost(PATIENCE).until(() -> fleet.ready(small));

            HttpResponse<String> first = submitTo(small, body, "Idempotency-Key", "bounded");
            HttpResponse<String> full = submitTo(small, body("in/bounded/", "\"limit\": 3,"));

            assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
            assertThat(json(first).path("complete").asBoolean()).isFalse();
            assertThat(json(first).at("/problem/type").asText())
                    .isEqualTo("urn:flexir:problem:backlog-full");
            assertThat(first.headers().firstValue("Retry-After")).isPresent();
            assertThat(ids(json(first))).hasSizeBetween(1, 4);
            if (ids(json(first)).size() == 4) {
                assertProblem(full, 429, "backlog-full");
                assertThat(full.headers().firstValue("Retry-After")).isPresent();
            }
            JsonNode whole =
                    await().atMost(PATIENCE)
                            .until(
                                    () -> {
                                        waiting().forEach(id -> fleet.delete("/v1/jobs/" + id));
                                        return json(
                                                submitTo(
                                                        small, body, "Idempotency-Key", "bounded"));
                                    },
                                    answer -> answer.path("complete").asBoolean());
            assertThat(ids(whole)).hasSize(8).containsAll(ids(json(first)));
            assertThat(json(first).path("id")).isEqualTo(whole.path("id"));
        }
    }

    @Test
    void each_job_that_is_made_counts_as_a_request_and_those_that_are_there_do_not() {
        store(names("in/slow/", 6));
        RateRules three = new RateRules(Map.of(new TenantId("default"), 3.0), 3.0);
        try (ApiServer slow =
                fleet.startApi(
                        ApiFleet.MAX_WAITING,
                        Routes.NONE,
                        KeepingRules.DEFAULT,
                        WebhookRules.NONE,
                        three)) {
            await().atMost(PATIENCE).until(() -> fleet.ready(slow));

            HttpResponse<String> first =
                    submitTo(slow, body("in/slow/", ""), "Idempotency-Key", "slow");

            assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
            assertThat(json(first).at("/problem/type").asText())
                    .isEqualTo("urn:flexir:problem:rate-limited");
            assertThat(ids(json(first))).hasSizeBetween(1, 5);
            JsonNode whole =
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofSeconds(1))
                            .until(
                                    () ->
                                            json(
                                                    submitTo(
                                                            slow,
                                                            body("in/slow/", ""),
                                                            "Idempotency-Key",
                                                            "slow")),
                                    answer -> answer.path("complete").asBoolean());
            assertThat(ids(whole)).hasSize(6);
        }
    }

    private void store(String... keys) {
        for (String key : keys) {
            fleet.store.put(key, ApiFleet.png(33, 21));
        }
    }

    private static String[] names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> prefix + number + ".png")
                .toArray(String[]::new);
    }

    private String body(String prefix, String options) {
        return """
        {%s "input": {"bucket": "%s", "prefix": "%s"}%s}"""
                .formatted(
                        options,
                        fleet.server.bucket(),
                        prefix,
                        options.contains("model") ? "" : ", \"model\": \"" + MODEL + "\"");
    }

    private HttpResponse<String> submit(String body, String... headers) {
        return submitTo(fleet.api, body, headers);
    }

    private HttpResponse<String> submitTo(ApiServer server, String body, String... headers) {
        return fleet.postTo(server, "/v1/batches", body, headers);
    }

    private WorkOrder orderFor(String job) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            fleet.worker.heartbeat(2);
                            return fleet.worker.order(job);
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private JsonNode batch(HttpResponse<String> submitted) {
        return json(fleet.get("/v1/batches/" + idOf(submitted)));
    }

    /** Those that are not empty, by name. */
    private String states(HttpResponse<String> submitted) {
        return batch(submitted).path("states").properties().stream()
                .filter(state -> state.getValue().asInt() > 0)
                .map(state -> state.getKey() + "=" + state.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private List<String> waiting() {
        return ids(json(fleet.get("/v1/jobs?state=queued,scheduled,running&limit=500")));
    }

    private List<String> listed(String batch) {
        return ids(json(fleet.get("/v1/jobs?batch=" + batch)));
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.path("jobs").spliterator(), false)
                .map(job -> job.path("id").asText())
                .toList();
    }

    private static List<String> keys(JsonNode batch) {
        return StreamSupport.stream(batch.path("jobs").spliterator(), false)
                .map(job -> job.path("key").asText())
                .toList();
    }

    private static void assertProblem(HttpResponse<String> response, int status, String problem) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(json(response).path("type").asText()).isEqualTo("urn:flexir:problem:" + problem);
    }
}
