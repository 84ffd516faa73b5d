package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;
import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.request.TenantId;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

class ApiTest {
    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = RunningApi.open();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | 400 | malformed | ",
                "[] | 400 | invalid | body",
                "{} | 400 | invalid | body",
                "{'model':'denoise-color-25-s','input':{'bucket':'photos','key':'a'},'depht':{}} | 400 | invalid | depht",
                "{'model':7,'input':{'bucket':'photos','key':'a'}} | 400 | invalid | model",
                "{'model':'m','input':{'bucket':'photos','key':'a'},'depth':{'kind':'fixed','pointer':0}} | 400 | invalid | depth.pointer",
                "{'model':'m','input':{'bucket':'photos','key':'a'},'depth':{'kind':'fixed'}} | 400 | invalid | depth.pointer",
                "{'model':'m','input':{'bucket':'photos','key':'a'},'priority':'soon'} | 400 | invalid | priority",
                "{'model':'m','input':{'bucket':'photos'}} | 400 | invalid | input.key",
                "{'model':'m','input':{}} | 400 | invalid | input.bucket",
                "{'model':'m','input':{'data':'!!'}} | 400 | invalid | input.data",
                "{'model':'m','input':{'bucket':'photos','key':'a','data':'aaaa'}} | 400 | invalid | input.data",
                "{'model':'m','input':{'bucket':'photos','key':'a'},'deadline':'soon'} | 400 | invalid | deadline",
                "{'model':'m','input':{'bucket':'photos','key':'a'},'deadlineSeconds':1,'deadline':'2027-01-01T00:00:00Z'} | 400 | invalid | deadline",
                "{'model':'m','input':{'bucket':'photos','key':'a'}} | 422 | unknown-model | model",
                "{'model':'denoise-color-25-s','input':{'bucket':'photos','key':'a'},'depth':{'kind':'fixed','pointer':7}} | 422 | unprocessable | depth.pointer",
                "{'model':'denoise-color-25-s','input':{'bucket':'photos','key':'a'},'depth':{'kind':'adaptive','threshold':0.5,'rule':'payoff'}} | 422 | unprocessable | depth.rule",
                "{'model':'denoise-color-25-s','input':{'bucket':'photos','key':'a'},'depth':{'kind':'adaptive','threshold':0.5,'rule':'luck'}} | 400 | invalid | depth.rule",
                "{'input':{'bucket':'photos','key':'a'},'floor':7} | 422 | unprocessable | floor",
                "{'model':'denoise-color-25-s','input':{'bucket':'photos','key':'a'},'floor':7} | 422 | unprocessable | floor",
                "{'model':'m','input':{'bucket':'photos','key':'a'},'target':65} | 400 | invalid | target",
                "{'model':'m','input':{'bucket':'photos','key':'a'},'floor':4,'target':3} | 400 | invalid | target",
                "{'model':'denoise-color-25-s','input':{'bucket':'photos','key':'a'},'depth':{'kind':'fixed','pointer':4},'target':3} | 422 | unprocessable | depth.pointer",
                "{'model':'denoise-color-25-s','input':{'bucket':'photos','key':'a'},'deadline':'2020-01-01T00:00:00Z'} | 422 | unprocessable | deadline",
            })
    void a_submission_that_makes_no_sense_is_refused_by_field(
            String body, int status, String problem, String field) {
        HttpResponse<String> response = api.post("/v1/jobs", body.replace('\'', '"'));

        assertProblem(response, status, problem);
        if (field != null) {
            assertThat(json(response).path("errors"))
                    .as(response.body())
                    .anySatisfy(error -> assertThat(error.path("field").asText()).isEqualTo(field));
        }
    }

    @Test
    void a_missing_field_is_named() {
        HttpResponse<String> response = api.post("/v1/jobs", "{\"model\":\"m\"}");

        assertProblem(response, 400, "invalid");
        assertThat(response.body()).contains("input");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'model':'auto',"})
    void a_job_without_a_model_is_taken_where_one_may_be_chosen(String model) {
        HttpResponse<String> response = api.post("/v1/jobs", submission(model));

        // Only the store is missing, which is asked after everything else was found right.
        assertProblem(response, 503, "unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'model':'auto',"})
    void a_job_without_a_model_is_refused_where_none_may_be_chosen(String model) {
        try (RunningApi enlarging = RunningApi.over(Samples.enlargers())) {
            HttpResponse<String> response = enlarging.post("/v1/jobs", submission(model));

            assertProblem(response, 422, "no-suitable-model");
            assertThat(json(response).path("errors").path(0).path("field").asText())
                    .isEqualTo("model");
        }
    }

    private static String submission(String model) {
        return ("{" + model + "'input':{'bucket':'photos','key':'a'}}").replace('\'', '"');
    }

    @Test
    void an_outage_of_the_object_store_is_a_503_that_says_so() {
        HttpResponse<String> response =
                api.post(
                        "/v1/jobs",
                        "{\"model\":\"denoise-color-25-s\",\"input\":{\"bucket\":\"photos\",\"key\":\"a\"}}");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_body_past_the_limit_is_refused_before_it_is_read() {
        HttpResponse<String> response = api.post("/v1/jobs", "x".repeat(100_001));

        assertProblem(response, 413, "body-too-large");
    }

    @Test
    void a_body_that_is_not_json_by_its_type_is_refused() {
        HttpResponse<String> response =
                api.send(
                        api.request("/v1/jobs", "Content-Type", "image/png")
                                .POST(BodyPublishers.ofString("x")));

        assertProblem(response, 415, "unsupported-media-type");
    }

    @Test
    void a_submission_without_a_body_is_refused() {
        HttpResponse<String> response = api.post("/v1/jobs", "");

        assertProblem(response, 400, "invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, 404, not-found",
        "/v1/nothing, 404, not-found",
        "/v1/jobs/never-heard-of, 404, unknown-job",
        "/v1/jobs/-x, 400, invalid",
        "/v1/jobs?state=sleeping, 400, invalid",
        "/v1/jobs?limit=0, 400, invalid",
        "/v1/jobs?limit=many, 400, invalid",
        "/v1/jobs?cursor=nonsense, 400, invalid",
        "/v1/uploads, 405, method-not-allowed",
    })
    void what_cannot_be_read_is_a_problem(String path, int status, String problem) {
        HttpResponse<String> response = api.get(path);

        assertProblem(response, status, problem);
        assertThat(json(response).path("instance").asText()).isEqualTo(path.split("\\?", 2)[0]);
    }

    @Test
    void a_job_is_shown_as_it_stands() {
        api.view.apply(Samples.succeeded("whole", START.plusSeconds(9)));

        HttpResponse<String> response = api.get("/v1/jobs/whole");

        JsonNode job = json(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(job.path("state").asText()).isEqualTo("succeeded");
        assertThat(job.path("degraded").asBoolean()).isTrue();
        assertThat(job.path("finishedAt").asText()).isEqualTo("2026-01-01T00:00:09Z");
        assertThat(job.at("/receipt/deepestPointer").asInt()).isEqualTo(6);
        assertThat(job.at("/receipt/meanPointer").asDouble()).isEqualTo(5.0);
        assertThat(job.at("/receipt/regions")).hasSize(2);
        assertThat(job.at("/links/result").asText()).isEqualTo("/v1/jobs/whole/result");
    }

    @Test
    void a_job_of_another_tenant_is_as_unknown_as_none() {
        api.view.apply(Samples.queued(Samples.request("theirs", new TenantId("other"), START)));

        HttpResponse<String> response = api.get("/v1/jobs/theirs");

        assertProblem(response, 404, "unknown-job");
    }

    @Test
    void a_failed_job_says_why() {
        api.view.apply(Samples.failed("lost", START));

        JsonNode job = json(api.get("/v1/jobs/lost"));

        assertThat(job.at("/problem/reason").asText()).isEqualTo("worker-lost");
        assertThat(job.at("/problem/detail").asText()).isEqualTo("No worker was heard of it");
    }

    @Test
    void a_result_is_a_redirect_to_the_public_endpoint() {
        api.view.apply(Samples.succeeded("done", START));

        HttpResponse<String> response = api.get("/v1/jobs/done/result");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location").orElseThrow())
                .startsWith("https://public.example/flexir/results/default/done/")
                .contains("X-Amz-Signature=", "X-Amz-Expires=600");
    }

    @Test
    void there_is_no_result_before_the_end() {
        api.view.apply(Samples.queued("waiting", START));

        HttpResponse<String> response = api.get("/v1/jobs/waiting/result");

        assertProblem(response, 409, "not-finished");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void there_is_no_result_of_a_job_that_failed() {
        api.view.apply(Samples.failed("broken", START));

        HttpResponse<String> response = api.get("/v1/jobs/broken/result");

        assertProblem(response, 409, "no-result");
    }

    @Test
    void a_job_that_has_ended_cannot_be_cancelled() {
        api.view.apply(Samples.succeeded("over", START));

        HttpResponse<String> response = api.delete("/v1/jobs/over");

        assertProblem(response, 409, "already-ended");
    }

    @Test
    void cancelling_twice_is_as_good_as_once() {
        api.view.apply(Samples.cancelled("gone", START));

        HttpResponse<String> response = api.delete("/v1/jobs/gone");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("state").asText()).isEqualTo("cancelled");
    }

    @Test
    void an_upload_is_a_presigned_put_under_the_tenants_prefix() {
        HttpResponse<String> response = api.post("/v1/uploads", "");

        JsonNode upload = json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(upload.path("method").asText()).isEqualTo("PUT");
        assertThat(upload.path("url").asText())
                .startsWith("https://public.example/flexir/uploads/default/");
        assertThat(upload.path("expiresAt").asText()).isEqualTo("2026-01-01T00:10:00Z");
        assertThat(upload.at("/input/key").asText()).startsWith("uploads/default/");
    }

    @Test
    void models_show_their_cost_and_quality_by_pointer() {
        JsonNode model = json(api.get("/v1/models")).at("/models/0");

        assertThat(model.path("name").asText()).isEqualTo(Samples.MODEL);
        assertThat(model.at("/task/kind").asText()).isEqualTo("denoise");
        assertThat(model.at("/pointers/2/pointer").asInt()).isEqualTo(3);
        assertThat(model.at("/pointers/2/psnr").asDouble()).isEqualTo(29.5);
        assertThat(model.at("/pointers/2/macsPerPixel").asDouble()).isEqualTo(3300);
        assertThat(model.at("/pointers/2/params").asLong()).isEqualTo(33);
    }

    @Test
    void workers_show_what_they_last_said_and_not_whose_jobs_they_hold() {
        api.view.apply(Samples.heartbeat("w7", START, Samples.inFlight("secret-job", 1, 3)));

        HttpResponse<String> response = api.get("/v1/workers");

        assertThat(response.body()).contains("\"id\":\"w7\"").doesNotContain("secret-job");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String problem) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode body = json(response);
        assertThat(body.path("type").asText()).isEqualTo("urn:flexir:problem:" + problem);
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("title").asText()).isNotEmpty();
        assertThat(body.path("detail").asText()).isNotEmpty();
    }
}
