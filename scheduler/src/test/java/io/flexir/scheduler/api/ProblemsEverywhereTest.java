package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.scheduler.api.http.ApiContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whatever operation is asked wrongly, the answer is a problem. The contract says what is wrong.
 */
class ProblemsEverywhereTest {
    private static final JsonObject DOCUMENT = ApiContract.document();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

    private static RunningApi api;

    /**
     * @param path with its parameters filled in
     */
    private record Operation(String id, String method, String path, JsonObject definition) {}

    @BeforeAll
    static void start() {
        api = RunningApi.open();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void a_method_that_an_address_does_not_know_is_refused_with_those_that_it_does() {
        for (String template : DOCUMENT.getJsonObject("paths").fieldNames()) {
            Set<String> known =
                    DOCUMENT.getJsonObject("paths").getJsonObject(template).fieldNames();
            for (String method : List.of("get", "post", "put", "delete", "patch")) {
                if (known.contains(method)) {
                    continue;
                }
                HttpResponse<String> response = ask(method, filled(template), "", "");

                assertProblem(method + " " + template, response, 405, "method-not-allowed");
                assertThat(response.headers().firstValue("Allow").orElse("").split(", "))
                        .as(template)
                        .containsExactlyInAnyOrderElementsOf(
                                known.stream()
                                        .filter(METHODS::contains)
                                        .map(name -> name.toUpperCase(Locale.ROOT))
                                        .toList());
            }
        }
    }

    @Test
    void a_body_that_is_no_json_is_refused_by_every_operation_that_has_one() {
        List<Operation> withBody =
                operations().filter(each -> each.definition().containsKey("requestBody")).toList();

        assertThat(withBody).extracting(Operation::id).contains("submitJob", "submitBatch");
        for (Operation operation : withBody) {
            assertProblem(
                    operation.id(),
                    ask(operation, "application/json", "{\"a\":"),
                    400,
                    "malformed");
            assertProblem(operation.id(), ask(operation, "application/json", "[]"), 400, "invalid");
            assertProblem(
                    operation.id(), ask(operation, "application/json", "null"), 400, "invalid");
            assertProblem(
                    operation.id(),
                    ask(operation, "text/plain", "{}"),
                    415,
                    "unsupported-media-type");
        }
    }

    @Test
    void a_parameter_that_is_not_as_described_is_refused_by_every_operation_that_has_it() {
        List<String> asked = new ArrayList<>();
        operations()
                .forEach(
                        operation ->
                                parameters(operation)
                                        .filter(each -> each.getString("in").equals("query"))
                                        .forEach(
                                                each ->
                                                        wrong(each.getJsonObject("schema"))
                                                                .forEach(
                                                                        value -> {
                                                                            asked.add(
                                                                                    each.getString(
                                                                                            "name"));
                                                                            refuses(
                                                                                    operation, each,
                                                                                    value);
                                                                        })));

        assertThat(asked).contains("limit", "state", "from", "by", "batch", "purge");
    }

    @Test
    void what_is_no_address_is_a_problem_by_every_method() {
        for (String method : List.of("get", "post", "put", "delete", "patch")) {
            assertProblem(method, ask(method, "/v1/nothing", "", ""), 404, "not-found");
        }
    }

    private static void refuses(Operation operation, JsonObject parameter, String value) {
        String query = operation.path() + "?" + parameter.getString("name") + "=" + value;
        HttpResponse<String> response = ask(operation.method(), query, "", "");
        assertProblem(operation.id() + " " + query, response, 400, "invalid");
    }

    /** Values that a schema does not take, as they stand in an address. */
    private static List<String> wrong(JsonObject given) {
        JsonObject schema = resolved(given);
        if (schema.containsKey("enum")) {
            return List.of("~");
        }
        return switch (schema.getString("type", "")) {
            case "integer" -> List.of("many", "-1", "1.5");
            case "number" -> List.of("many");
            case "boolean" -> List.of("perhaps");
            case "array" -> wrong(schema.getJsonObject("items"));
            case "string" ->
                    "date-time".equals(schema.getString("format"))
                            ? List.of("yesterday")
                            : schema.containsKey("pattern") ? List.of("-%2F") : List.of();
            default -> List.of();
        };
    }

    private static Stream<JsonObject> parameters(Operation operation) {
        return operation.definition().getJsonArray("parameters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(ProblemsEverywhereTest::resolved);
    }

    private static Stream<Operation> operations() {
        JsonObject paths = DOCUMENT.getJsonObject("paths");
        return paths.fieldNames().stream()
                .flatMap(
                        template ->
                                paths.getJsonObject(template).fieldNames().stream()
                                        .filter(METHODS::contains)
                                        .map(
                                                method ->
                                                        operation(
                                                                template,
                                                                method,
                                                                paths.getJsonObject(template)
                                                                        .getJsonObject(method))));
    }

    private static Operation operation(String template, String method, JsonObject definition) {
        return new Operation(
                definition.getString("operationId"), method, filled(template), definition);
    }

    private static String filled(String template) {
        return template.replaceAll("\\{[^}]+}", "x1");
    }

    private static JsonObject resolved(JsonObject given) {
        String reference = given.getString("$ref");
        if (reference == null) {
            return given;
        }
        String[] steps = reference.split("/");
        return DOCUMENT.getJsonObject(steps[1]).getJsonObject(steps[2]).getJsonObject(steps[3]);
    }

    private static HttpResponse<String> ask(Operation operation, String type, String body) {
        return ask(operation.method(), operation.path(), type, body);
    }

    private static HttpResponse<String> ask(String method, String path, String type, String body) {
        return api.send(
                (type.isEmpty() ? api.request(path) : api.request(path, "Content-Type", type))
                        .method(
                                method.toUpperCase(Locale.ROOT),
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body)));
    }

    private static void assertProblem(
            String asked, HttpResponse<String> response, int status, String problem) {
        assertThat(response.statusCode()).as(asked + ": " + response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .as(asked)
                .contains("application/problem+json");
        JsonNode body = json(response);
        assertThat(body.path("type").asText()).as(asked).isEqualTo("urn:flexir:problem:" + problem);
        assertThat(body.path("title").asText()).isNotEmpty();
        assertThat(body.path("detail").asText()).isNotEmpty();
    }
}
