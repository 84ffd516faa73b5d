package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

@Timeout(60)
class EventStreamTest {
    private final RunningApi api = RunningApi.open();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_job_that_has_ended_is_told_in_one_event_and_the_stream_ends() {
        api.view.apply(Samples.succeeded("a", START));

        HttpResponse<String> response = api.get("/v1/jobs/a/events");

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.body())
                .containsOnlyOnce("data: ")
                .contains("event: final\n", "\"state\":\"succeeded\"")
                .doesNotContain("\"regions\":[");
    }

    @Test
    void changes_are_told_as_they_come() throws Exception {
        api.view.apply(Samples.queued("a", START));
        try (Scanner lines = new Scanner(open("a"), StandardCharsets.UTF_8)) {
            assertThat(next(lines, "event: ")).isEqualTo("state");

            api.view.apply(Samples.scheduled("a", 1, START.plusSeconds(1)));
            assertThat(next(lines, "data: ")).contains("\"state\":\"queued\"");
            assertThat(next(lines, "data: ")).contains("\"state\":\"scheduled\"");

            api.view.apply(
                    Samples.heartbeat("w1", START.plusSeconds(2), Samples.inFlight("a", 1, 3)));
            assertThat(next(lines, "data: ")).contains("\"regionsDone\":3");

            api.view.apply(
                    Samples.heartbeat("w1", START.plusSeconds(3), Samples.inFlight("a", 1, 4)));
            assertThat(next(lines, "event: ")).isEqualTo("progress");

            api.view.apply(Samples.succeeded("a", START.plusSeconds(4)));
            assertThat(next(lines, "event: ")).isEqualTo("final");
            assertThat(rest(lines)).noneMatch(line -> line.startsWith("event: "));
        }
    }

    @Test
    void a_quiet_stream_shows_that_it_lives() throws Exception {
        api.view.apply(Samples.queued("a", START));

        try (Scanner lines = new Scanner(open("a"), StandardCharsets.UTF_8)) {
            assertThat(next(lines, ": ")).isEqualTo("still here");
            assertThat(next(lines, ": ")).isEqualTo("still here");
        }
    }

    @Test
    void a_client_that_saw_the_end_is_told_not_to_return() {
        api.view.apply(Samples.succeeded("a", START));
        String body = api.get("/v1/jobs/a/events").body();
        String last =
                body.lines().filter(line -> line.startsWith("id: ")).findFirst().orElseThrow();

        HttpResponse<String> response =
                api.get("/v1/jobs/a/events", "Last-Event-ID", last.substring(4));

        assertThat(response.statusCode()).isEqualTo(204);
    }

    @Test
    void a_client_that_leaves_while_its_job_is_looked_for_takes_no_place() throws IOException {
        try (Socket _ = api.say("GET /v1/jobs/late/events HTTP/1.1\r\nHost: x\r\n\r\n")) {
            await().pollDelay(Duration.ofMillis(30)).until(() -> true);
        }
        await().pollDelay(Duration.ofMillis(30)).until(() -> true);
        api.view.apply(Samples.queued("late", START));

        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(10))
                .until(() -> api.metrics.scrape().contains("flexir_event_streams 0.0"));
    }

    @Test
    void a_client_that_missed_the_end_is_told_it() {
        api.view.apply(Samples.succeeded("a", START.plusSeconds(5)));

        HttpResponse<String> response =
                api.get("/v1/jobs/a/events", "Last-Event-ID", START.toEpochMilli() + "-0");

        assertThat(response.body()).contains("event: final");
    }

    @Test
    void a_client_that_comes_back_hears_only_what_it_missed() throws Exception {
        api.view.apply(Samples.queued("a", START));
        String seen;
        try (Scanner lines = new Scanner(open("a"), StandardCharsets.UTF_8)) {
            seen = next(lines, "id: ");
        }
        api.view.apply(Samples.scheduled("a", 1, START.plusSeconds(1)));

        try (Scanner lines =
                new Scanner(open("a", "Last-Event-ID", seen), StandardCharsets.UTF_8)) {
            assertThat(next(lines, "data: ")).contains("\"state\":\"scheduled\"");
        }
    }

    @Test
    void a_client_that_names_an_event_of_another_kind_hears_all() throws Exception {
        api.view.apply(Samples.queued("a", START));

        try (Scanner lines =
                new Scanner(open("a", "Last-Event-ID", "another-17"), StandardCharsets.UTF_8)) {
            assertThat(next(lines, "data: ")).contains("\"state\":\"queued\"");
        }
    }

    @Test
    void an_unknown_job_is_a_problem_not_a_stream() {
        HttpResponse<String> response = api.get("/v1/jobs/a/events");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    @Test
    void past_the_bound_of_streams_clients_are_refused_until_one_leaves() throws Exception {
        api.view.apply(Samples.queued("a", START));
        try (InputStream first = open("a");
                InputStream second = open("a")) {
            assertThat(first.read() + second.read()).isPositive();

            HttpResponse<String> refused = api.get("/v1/jobs/a/events");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(api.metrics.scrape())
                    .contains("flexir_event_streams 2.0")
                    .contains("flexir_http_refused_total{what=\"streams\",} 1.0");
        }
        api.view.apply(Samples.succeeded("a", START.plusSeconds(1)));
        assertThat(api.get("/v1/jobs/a").statusCode()).isEqualTo(200);
    }

    private InputStream open(String id, String... headers)
            throws IOException, InterruptedException {
        return api.client()
                .send(
                        api.request("/v1/jobs/" + id + "/events", headers).GET().build(),
                        BodyHandlers.ofInputStream())
                .body();
    }

    /** What follows the prefix on the next line that has it. */
    private static String next(Scanner lines, String prefix) {
        while (lines.hasNextLine()) {
            String line = lines.nextLine();
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new AssertionError("The stream ended before a line with " + prefix);
    }

    private static List<String> rest(Scanner lines) {
        List<String> rest = new ArrayList<>();
        while (lines.hasNextLine()) {
            rest.add(lines.nextLine());
        }
        return rest;
    }
}
