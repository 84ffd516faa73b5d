package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.scheduler.api.http.ApiContract;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

@Timeout(60)
class ReferenceApiTest {
    private final RunningApi api = new RunningApi("hush", 10);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void the_description_is_served_as_it_drives_the_api() {
        HttpResponse<String> served = api.get("/v1/openapi.yaml");

        Map<String, Object> document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(served.body());
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(new JsonObject(document)).isEqualTo(ApiContract.document());
    }

    @Test
    void the_page_has_all_of_its_own_and_asks_nobody_else() {
        HttpResponse<String> page = api.get("/reference");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self';", "connect-src 'self';")
                .doesNotContain("http");
        for (String part :
                List.of(
                        "/reference/start.js",
                        "/reference/swagger-ui.js",
                        "/reference/swagger-ui.css")) {
            assertThat(page.body()).contains('"' + part + '"');
            assertThat(api.get(part).statusCode()).as(part).isEqualTo(200);
        }
        assertThat(page.body()).doesNotContain("http:", "https:");
        assertThat(api.get("/reference/swagger-ui.js").body()).contains("SwaggerUIBundle");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nothing, 404, not-found",
        "GET, /v1/costs/more, 404, not-found",
        "PATCH, /v1/jobs, 405, method-not-allowed",
        "POST, /v1/costs, 405, method-not-allowed",
        "POST, /v1/jobs/a/events, 405, method-not-allowed"
    })
    void an_address_or_method_that_there_is_not_is_a_problem(
            String method, String path, int status, String type) {
        HttpResponse<String> refused =
                api.send(
                        api.request(path, "Authorization", "Bearer hush")
                                .method(method, BodyPublishers.noBody()));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        requireProblem(refused, type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/jobs|text/plain|hello|415|unsupported-media-type",
                "/v1/jobs|application/xml|<a/>|415|unsupported-media-type",
                "/v1/jobs|application/json|{|400|malformed",
                "/v1/jobs|application/json|[]|400|invalid",
                "/v1/jobs|application/json|null|400|invalid",
                "/v1/estimates|application/json|{'imageSize': 3}|400|invalid",
                "/v1/estimates|application/json|{'imageSize': {'width': -1, 'height': 2}}|400|invalid",
                "/v1/estimates|application/json|{'colour': 3}|400|invalid",
                "/v1/estimates|application/json|{'imageSize': {'width': 1, 'height': 2}, 'model': 'none'}|422|unknown-model",
                "/v1/estimates|application/json|{'imageSize': {'width': 1, 'height': 2}, 'floor': 9}|422|unprocessable"
            })
    void a_body_that_cannot_be_read_is_a_problem(
            String path, String type, String body, int status, String problem) {
        HttpResponse<String> refused =
                api.send(
                        api.request(path, "Authorization", "Bearer hush", "Content-Type", type)
                                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        requireProblem(refused, problem);
    }

    private static void requireProblem(HttpResponse<String> refused, String type) {
        assertThat(refused.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(json(refused).path("type").asText()).isEqualTo("urn:flexir:problem:" + type);
    }
}
