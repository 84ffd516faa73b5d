package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.RunningApi.json;
import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.access.RateRules;
import io.flexir.scheduler.access.SingleTenant;

import org.junit.jupiter.api.Test;

class JobImagesApiTest {
    @Test
    void a_job_that_has_succeeded_tells_where_both_images_are_and_how_to_keep_the_result() {
        try (RunningApi api = RunningApi.open()) {
            api.view.apply(Samples.succeeded("a", START));

            JsonNode images = json(api.get("/v1/jobs/a/images"));

            assertThat(images.path("input").asText())
                    .startsWith("https://public.example/photos/in/a.png?")
                    .contains("X-Amz-Signature=");
            assertThat(images.path("result").asText())
                    .startsWith("https://public.example/flexir/results/default/a/");
            assertThat(images.path("download").asText())
                    .contains("response-content-disposition=", "restored-a.png");
            assertThat(images.path("expiresAt").asText())
                    .isEqualTo(START.plusSeconds(600).toString());
        }
    }

    @Test
    void what_the_tenant_may_not_name_it_may_not_see() {
        AccessRules own = new AccessRules(InputRules.ofOwn("flexir"), RateRules.UNBOUNDED);
        try (RunningApi api = RunningApi.askedBy(new SingleTenant(Samples.TENANT, null), own)) {
            api.view.apply(Samples.succeeded("a", START));

            JsonNode images = json(api.get("/v1/jobs/a/images"));

            assertThat(images.has("input")).isFalse();
            assertThat(images.has("result")).isTrue();
        }
    }

    @Test
    void a_job_that_waits_has_no_result_to_see_and_an_unknown_one_nothing() {
        try (RunningApi api = RunningApi.open()) {
            api.view.apply(Samples.queued("b", START));

            assertThat(json(api.get("/v1/jobs/b/images")).has("result")).isFalse();
            assertThat(api.get("/v1/jobs/nobody/images").statusCode()).isEqualTo(404);
        }
    }
}
