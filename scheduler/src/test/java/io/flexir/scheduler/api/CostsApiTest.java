package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;
import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.KeyRing;
import io.flexir.scheduler.access.NewKey;
import io.flexir.scheduler.access.Scope;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

@Timeout(60)
class CostsApiTest {
    private static final TenantId MUSEUM = new TenantId("museum");
    private static final NewKey OWN = key(Samples.TENANT, Scope.READ);
    private static final NewKey ALL = key(Samples.TENANT, Scope.READ, Scope.ADMIN);
    private static final NewKey SUBMITTER = key(Samples.TENANT, Scope.SUBMIT);

    private final RunningApi api =
            RunningApi.askedBy(
                    new KeyRing(Stream.of(OWN, ALL, SUBMITTER).map(NewKey::kept).toList()));

    @BeforeEach
    void images_were_restored() {
        restored(Samples.TENANT, START.minusSeconds(3600));
        restored(MUSEUM, START.minusSeconds(3600));
        restored(Samples.TENANT, START.minusSeconds(7200));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_tenant_sees_what_its_own_images_cost_by_task() {
        JsonNode costs = json(ask(OWN, ""));

        assertThat(costs.path("rows")).hasSize(1);
        JsonNode row = costs.path("rows").path(0);
        assertThat(row.path("group").asText()).isEqualTo("denoise");
        assertThat(row.path("images").asInt()).isEqualTo(2);
        assertThat(row.path("gigaMacs").asDouble()).isEqualTo(25);
        assertThat(row.path("seconds").asDouble()).isCloseTo(3, within(1e-9));
        assertThat(row.path("joules").asDouble()).isEqualTo(20);
        assertThat(row.path("money").asDouble()).isCloseTo(3 * 0.10 / 3600, within(1e-12));
        assertThat(row.path("fixed")).hasSize(6);
        assertThat(row.path("fullDepth")).isEqualTo(withoutPointer(row.path("fixed").path(5)));
        assertThat(costs.at("/prices/currency").asText()).isEqualTo("USD");
        assertThat(costs.path("complete").asBoolean()).isFalse();
    }

    @Test
    void who_may_see_all_tenants_sees_them_and_may_ask_for_one() {
        JsonNode all = json(ask(ALL, "?by=tenant"));
        JsonNode one = json(ask(ALL, "?by=pointer&tenant=museum"));

        assertThat(all.path("rows").findValuesAsText("group"))
                .containsExactlyInAnyOrder("default", "museum");
        assertThat(all.at("/total/images").asInt()).isEqualTo(3);
        assertThat(one.at("/total/images").asInt()).isEqualTo(1);
        assertThat(one.at("/rows/0/group").asText()).isEqualTo("5");
    }

    @Test
    void another_tenants_costs_need_more_than_a_key_that_reads() {
        assertThat(ask(OWN, "?tenant=museum").statusCode()).isEqualTo(403);
        assertThat(ask(SUBMITTER, "").statusCode()).isEqualTo(403);
        assertThat(ask(OWN, "?tenant=default").statusCode()).isEqualTo(200);
    }

    @Test
    void a_time_is_a_time() {
        JsonNode later = json(ask(OWN, "?from=" + START.minusSeconds(3600)));

        assertThat(later.at("/total/images").asInt()).isEqualTo(1);
        assertThat(later.path("to").asText()).isEqualTo(START.toString());
        assertThat(json(ask(OWN, "?to=2025-12-01T00:00:00Z")).at("/total/fixed")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?by=colour",
                "?from=yesterday",
                "?from=2026-01-01T00:00:00Z&to=2025-01-01T00:00:00Z",
                "?from=2026-02-01T00:00:00Z",
                "?tenant=.."
            })
    void what_makes_no_sense_is_refused(String query) {
        HttpResponse<String> refused = ask(ALL, query);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    private HttpResponse<String> ask(NewKey key, String query) {
        return api.get("/v1/costs" + query, "Authorization", "Bearer " + key.text());
    }

    private void restored(TenantId tenant, Instant at) {
        JobId id = new JobId("j");
        api.book.add(new Outcome.Restored(id, tenant, at, Samples.receipt("j"), true, false));
    }

    private static JsonNode withoutPointer(JsonNode atPointer) {
        return ((ObjectNode) atPointer.deepCopy()).without("pointer");
    }

    private static NewKey key(TenantId tenant, Scope... scopes) {
        return NewKey.of(tenant, Set.of(scopes), START);
    }
}
