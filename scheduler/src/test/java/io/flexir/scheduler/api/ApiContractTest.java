package io.flexir.scheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.scheduler.api.http.ApiContract;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class ApiContractTest {
    private static final Pattern REFERENCE = Pattern.compile("\"#/([^\"]+)\"");

    @Test
    void the_document_is_valid_and_every_operation_has_its_handler() {
        // The router is not built when an operation lacks its handler, or a handler its operation.
        try (RunningApi api = RunningApi.open()) {
            assertThat(api.get("/v1/models").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void every_operation_tells_of_every_refusal_that_all_share() {
        Vertx vertx = Vertx.vertx();
        try {
            List<Operation> operations = ApiContract.load(vertx).await().operations();

            assertThat(operations)
                    .isNotEmpty()
                    .allSatisfy(
                            operation ->
                                    assertThat(operation.getResponse(401))
                                            .as(operation.getOperationId())
                                            .isNotNull());
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void what_reads_a_parameter_or_a_body_tells_of_those_that_it_does_not_take() {
        Vertx vertx = Vertx.vertx();
        try {
            for (Operation operation : ApiContract.load(vertx).await().operations()) {
                if (!operation.getParameters().isEmpty()) {
                    requireResponses(operation, 400);
                }
                if (operation.getRequestBody() != null) {
                    requireResponses(operation, 400, 413, 415);
                }
                if (operation.getDefaultResponse() == null) {
                    requireResponses(operation, 500);
                }
            }
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void a_scope_is_asked_for_by_each_operation_and_what_changes_the_fleet_needs_admin() {
        Vertx vertx = Vertx.vertx();
        try {
            List<String> admin =
                    ApiContract.load(vertx).await().operations().stream()
                            .filter(
                                    operation ->
                                            operation
                                                    .getSecurityRequirements()
                                                    .getFirst()
                                                    .getScopes("apiKey")
                                                    .contains("admin"))
                            .map(Operation::getOperationId)
                            .toList();

            assertThat(admin)
                    .containsExactlyInAnyOrder(
                            "putPolicy",
                            "resetPolicy",
                            "listExperiments",
                            "getExperiment",
                            "putExperiment",
                            "promoteVariant",
                            "endExperiment",
                            "listDeadLetters",
                            "getDeadLetter",
                            "replayDeadLetter",
                            "purgeTenant",
                            "getTenantPurge",
                            "activateBundle");
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void every_reference_leads_somewhere_and_every_component_is_used() {
        JsonObject document = ApiContract.document();
        List<String> used =
                REFERENCE
                        .matcher(document.encode())
                        .results()
                        .map(found -> found.group(1))
                        .toList();

        assertThat(components(document))
                .containsExactlyInAnyOrderElementsOf(used.stream().distinct().toList());
    }

    private static void requireResponses(Operation operation, int... statuses) {
        for (int status : statuses) {
            assertThat(operation.getResponse(status))
                    .as(operation.getOperationId() + " " + status)
                    .isNotNull();
        }
    }

    private static List<String> components(JsonObject document) {
        JsonObject components = document.getJsonObject("components");
        return Stream.of("schemas", "responses", "parameters", "headers")
                .flatMap(
                        kind ->
                                components.getJsonObject(kind).fieldNames().stream()
                                        .map(name -> "components/" + kind + "/" + name))
                .toList();
    }
}
