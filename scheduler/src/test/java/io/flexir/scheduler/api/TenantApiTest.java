package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;
import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.budget.ServiceTime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

class TenantApiTest {
    private static final JobFacts FACTS =
            new JobFacts(
                    new Depth.Automatic(),
                    1,
                    new QualityCurve(20, new double[] {30, 31}, new double[] {1, 2}),
                    1,
                    Double.POSITIVE_INFINITY);

    private final RunningApi api = RunningApi.open();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_tenant_sees_what_it_is_entitled_to_and_has_waiting() {
        waits("a");

        JsonNode tenant = json(api.get("/v1/tenant"));

        assertThat(tenant.path("name").asText()).isEqualTo(Samples.TENANT.value());
        assertThat(tenant.path("weight").asDouble()).isEqualTo(3);
        assertThat(tenant.path("waitingJobs").asInt()).isEqualTo(1);
        assertThat(tenant.path("waitingSeconds").asDouble()).isEqualTo(0.5);
        assertThat(tenant.path("maxWaitingJobs").asInt()).isEqualTo(2);
        assertThat(tenant.has("maxWaitingSeconds")).isFalse();
        assertThat(tenant.at("/qualityDebt/jobs").asInt()).isZero();
    }

    @Test
    void a_submission_past_the_quota_is_refused_for_a_while() {
        waits("a");
        waits("b");

        HttpResponse<String> response =
                api.post(
                        "/v1/jobs",
                        "{\"model\":\"denoise-color-25-s\",\"input\":{\"bucket\":\"photos\",\"key\":\"a\"}}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(json(response).path("type").asText()).isEqualTo("urn:flexir:problem:quota-full");
        assertThat(json(response).path("detail").asText())
                .isEqualTo("Tenant default has 2 jobs waiting, its quota is 2.");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(api.metrics.scrape())
                .contains("flexir_quota_refusals_total{tenant=\"default\",} 1.0");
    }

    private void waits(String id) {
        RestorationRequest request = Samples.request(id, START);
        api.load
                .work(Samples.TENANT)
                .waits(OrderKey.of(request), FACTS, new ServiceTime(0, 2), START);
    }
}
