package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

class AccessTest {
    private final RunningApi api = new RunningApi("open-sesame", 1);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void without_the_key_nothing_is_told() {
        for (String path : new String[] {"/v1/jobs", "/v1/models", "/v1/nothing"}) {
            HttpResponse<String> response = api.get(path);

            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    @Test
    void with_another_key_nothing_is_told() {
        assertThat(api.get("/v1/jobs", "Authorization", "Bearer open").statusCode()).isEqualTo(401);
        assertThat(api.get("/v1/jobs", "Authorization", "Basic open-sesame").statusCode())
                .isEqualTo(401);
    }

    @Test
    void with_the_key_the_api_is_open() {
        HttpResponse<String> response = api.get("/v1/jobs", "Authorization", "bearer open-sesame");

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void past_the_bound_of_waiting_jobs_submissions_are_refused() {
        api.view.apply(Samples.queued("waiting", START));

        HttpResponse<String> response =
                api.post(
                        "/v1/jobs",
                        "{\"model\":\"denoise-color-25-s\",\"input\":{\"bucket\":\"photos\",\"key\":\"a\"}}",
                        "Authorization",
                        "Bearer open-sesame");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(api.metrics.scrape())
                .contains("flexir_http_refused_total{what=\"backlog\",} 1.0");
    }
}
