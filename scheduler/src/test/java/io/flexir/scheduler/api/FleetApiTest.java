package io.flexir.scheduler.api;

import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

class FleetApiTest {
    private final RunningApi api = RunningApi.open();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void the_fleet_is_its_work_its_workers_its_policy_and_what_ended() {
        api.view.apply(Samples.heartbeat("w1", START));
        api.view.apply(Samples.queued("a", START));
        api.view.apply(Samples.scheduled("b", 1, START));
        api.view.apply(Samples.succeeded("c", START));
        api.view.apply(Samples.failed("d", START));

        JsonNode fleet = RunningApi.json(api.get("/v1/fleet"));

        assertThat(fleet.at("/work/queued").asInt()).isEqualTo(1);
        assertThat(fleet.at("/work/out").asInt()).isEqualTo(1);
        assertThat(fleet.at("/workers/0/id").asText()).isEqualTo("w1");
        assertThat(fleet.path("workerCount").asInt()).isEqualTo(1);
        assertThat(fleet.at("/policy/version").asText()).startsWith("load-30.0s");
        assertThat(fleet.path("slices")).hasSize(1);
        assertThat(fleet.at("/slices/0/restored").asInt()).isEqualTo(1);
        assertThat(fleet.at("/slices/0/failed").asInt()).isEqualTo(1);
        assertThat(fleet.at("/slices/0/gigaMacs").asDouble()).isEqualTo(12.5);
        assertThat(fleet.at("/slices/0/granted").toString()).isEqualTo("{\"6\":1.0}");
    }

    @Test
    void a_job_that_is_told_twice_counts_once() {
        api.view.apply(Samples.succeeded("c", START));
        api.view.apply(Samples.succeeded("c", START));

        assertThat(RunningApi.json(api.get("/v1/fleet")).at("/slices/0/restored").asInt())
                .isEqualTo(1);
    }

    @Test
    void followers_are_told_the_whole_and_then_only_the_latest() throws Exception {
        api.view.apply(Samples.succeeded("before", START.minusSeconds(120)));
        try (Scanner lines = new Scanner(open(), StandardCharsets.UTF_8)) {
            JsonNode first = next(lines);
            api.view.apply(Samples.succeeded("now", START));
            JsonNode second = next(lines);

            assertThat(first.path("slices")).hasSize(1);
            assertThat(second.path("slices")).hasSize(1);
            assertThat(second.at("/slices/0/from").asText()).isEqualTo(START.toString());
        }
    }

    @Test
    void followers_are_told_the_whole_once_more_when_the_view_is_current() throws Exception {
        api.current.set(false);
        api.view.apply(Samples.succeeded("before", START.minusSeconds(120)));
        try (Scanner lines = new Scanner(open(), StandardCharsets.UTF_8)) {
            assertThat(next(lines).path("slices")).hasSize(1);
            api.view.apply(Samples.succeeded("read-later", START.minusSeconds(300)));
            requireSlices(lines, 0);

            api.view.apply(Samples.succeeded("read-last", START.minusSeconds(600)));
            api.current.set(true);

            requireSlices(lines, 3);
            requireSlices(lines, 0);
        }
    }

    @Test
    void past_the_bound_of_streams_followers_are_refused_until_one_leaves() throws Exception {
        try (InputStream first = open();
                InputStream second = open()) {
            assertThat(first.read() + second.read()).isPositive();

            HttpResponse<String> refused = api.get("/v1/fleet/events");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(api.metrics.scrape()).contains("flexir_event_streams 2.0");
        }
    }

    private InputStream open() throws IOException, InterruptedException {
        return api.client()
                .send(api.request("/v1/fleet/events").GET().build(), BodyHandlers.ofInputStream())
                .body();
    }

    /** Within a few events, for an event may have been on its way. */
    private static void requireSlices(Scanner lines, int slices) throws IOException {
        int told = next(lines).path("slices").size();
        for (int event = 0; event < 5 && told != slices; event++) {
            told = next(lines).path("slices").size();
        }
        assertThat(told).isEqualTo(slices);
    }

    private static JsonNode next(Scanner lines) throws IOException {
        while (lines.hasNextLine()) {
            String line = lines.nextLine();
            if (line.startsWith("data: ")) {
                return JsonMapper.builder().build().readTree(line.substring(6));
            }
        }
        throw new AssertionError("The stream ended");
    }
}
