package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;
import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord.ChangePolicy;
import io.flexir.scheduler.dispatch.PolicyBook;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;

class PolicyApiTest {
    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = RunningApi.open();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void the_policy_is_shown_with_where_it_comes_from() {
        api.policy.reset();
        JsonNode configured = json(api.get("/v1/policy"));
        api.policy.change(new ChangePolicy(PolicyBook.NAME, new BudgetPolicy.Fixed(3), START));
        JsonNode asked = json(api.get("/v1/policy"));

        assertThat(configured.at("/policy/targetBacklogSeconds").asDouble()).isEqualTo(30);
        assertThat(configured.path("configured").asBoolean()).isTrue();
        assertThat(configured.has("since")).isFalse();
        assertThat(asked.path("policy").toString()).isEqualTo("{\"kind\":\"fixed\",\"pointer\":3}");
        assertThat(asked.path("version").asText()).isEqualTo("fixed-3@2026-01-01T00:00:00Z");
        assertThat(asked.path("configured").asBoolean()).isFalse();
        assertThat(asked.path("since").asText()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | kind",
                "{'kind':'magic'} | kind",
                "{'kind':'load'} | targetBacklogSeconds",
                "{'kind':'load','targetBacklogSeconds':0} | targetBacklogSeconds",
                "{'kind':'load','targetBacklogSeconds':'soon'} | targetBacklogSeconds",
                "{'kind':'fixed','pointer':65} | pointer",
                "{'kind':'gain','pointer':3} | pointer",
                "{'kind':'slack','speed':3} | speed",
            })
    void a_policy_that_there_is_not_is_refused_by_field(String body, String field) {
        HttpResponse<String> response = api.put("/v1/policy", body.replace('\'', '"'));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(response.body()).contains(field);
    }
}
