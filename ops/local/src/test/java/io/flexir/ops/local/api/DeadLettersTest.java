package io.flexir.ops.local.api;

import static io.flexir.ops.local.api.ApiFleet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetLetter;
import io.flexir.ops.local.worker.TopicLog;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What could not be read, over a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class DeadLettersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ApiFleet fleet;
    private KafkaProducer<String, byte[]> producer;
    private TopicLog<Outcome> outcomes;

    @BeforeAll
    void start() {
        fleet = new ApiFleet();
        String bootstrap = fleet.broker.bootstrapServers();
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap),
                        new StringSerializer(),
                        new ByteArraySerializer());
        outcomes = new TopicLog<>(bootstrap, Topics.OUTCOMES, MessageType.OUTCOME);
    }

    @AfterAll
    void stop() {
        outcomes.close();
        producer.close();
        fleet.close();
    }

    @Test
    void a_record_that_is_no_request_is_shown_with_its_reason_and_its_bytes() {
        byte[] noise = "{\"tenant\": 7".getBytes(StandardCharsets.UTF_8);

        send("noise", noise);

        JsonNode letter = awaitLetter("noise");
        assertThat(letter.path("topic").asText()).isEqualTo(Topics.REQUESTS);
        assertThat(letter.path("reason").asText()).contains("ce_type");
        assertThat(letter.path("size").asInt()).isEqualTo(noise.length);
        assertThat(letter.has("data")).isFalse();
        JsonNode whole = json(fleet.get("/v1/deadletters/" + letter.path("id").asText()));
        assertThat(Base64.getDecoder().decode(whole.path("data").asText())).isEqualTo(noise);
    }

    @Test
    void a_record_that_would_be_set_aside_again_is_not_replayed() {
        send("hopeless", "[]".getBytes(StandardCharsets.UTF_8));
        String id = awaitLetter("hopeless").path("id").asText();

        HttpResponse<String> refused = replay(id);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(json(refused).path("type").asText())
                .isEqualTo("urn:flexir:problem:not-replayable");
    }

    @Test
    void a_request_that_lacked_its_type_becomes_one_job_however_often_it_is_replayed() {
        fleet.submissionOf("in/replayed.png");
        send("replayed", TopicLog.CODEC.encode(request("replayed", "in/replayed.png")));
        String id = awaitLetter("replayed").path("id").asText();

        HttpResponse<String> first = replay(id);
        await().atMost(PATIENCE).until(() -> state("replayed").equals("queued"));
        HttpResponse<String> second = replay(id);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(json(second).path("written").asBoolean()).isFalse();
        assertThat(json(second).path("jobId").asText()).isEqualTo("replayed");
        assertThat(fleet.delete("/v1/jobs/replayed").statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> state("replayed").equals("cancelled"));
        assertThat(replay(id).statusCode()).isEqualTo(200);
        assertThat(outcomes.await(outcome -> outcome.jobId().value().equals("replayed")))
                .isInstanceOf(Outcome.Cancelled.class);
        assertThat(outcomes.all())
                .filteredOn(outcome -> outcome.jobId().value().equals("replayed"))
                .hasSize(1);
    }

    @Test
    void letters_are_listed_page_by_page_newest_first_and_none_twice() {
        for (int number = 0; number < 7; number++) {
            send("page-" + number, new byte[] {(byte) number});
        }
        awaitLetter("page-6");
        List<String> ids = new ArrayList<>();
        List<Instant> times = new ArrayList<>();

        String path = "/v1/deadletters?limit=3";
        for (String cursor = ""; cursor != null; ) {
            JsonNode page = json(fleet.get(path + cursor));
            assertThat(page.path("letters").size()).isLessThanOrEqualTo(3);
            page.path("letters")
                    .forEach(
                            letter -> {
                                ids.add(letter.path("id").asText());
                                times.add(Instant.parse(letter.path("at").asText()));
                            });
            JsonNode next = page.get("nextCursor");
            cursor = next == null ? null : "&cursor=" + next.asText();
        }

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(7);
        assertThat(times).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void the_client_follows_pages_as_far_as_it_was_asked_to() {
        for (int number = 0; number < 5; number++) {
            send("client-" + number, new byte[] {(byte) number});
        }
        awaitLetter("client-4");
        try (FleetClient client = new FleetClient(fleet.at("/"), Optional.empty())) {
            FleetLetter.Listed some = client.deadLetters().newest(2);
            FleetLetter.Listed all = client.deadLetters().newest(10_000);

            assertThat(some.letters()).hasSize(2);
            assertThat(some.more()).isTrue();
            assertThat(all.more()).isFalse();
            assertThat(all.letters()).hasSizeGreaterThanOrEqualTo(5);
            assertThat(client.deadLetters().get(all.letters().getFirst().id()).data()).isNotNull();
        }
    }

    @Test
    void what_is_no_letter_and_no_cursor_is_named() {
        assertThat(fleet.get("/v1/deadletters/0-999999").statusCode()).isEqualTo(404);
        assertThat(fleet.get("/v1/deadletters/77-0").statusCode()).isEqualTo(404);
        assertThat(fleet.get("/v1/deadletters/first").statusCode()).isEqualTo(400);
        assertThat(fleet.get("/v1/deadletters?cursor=there").statusCode()).isEqualTo(400);
        assertThat(fleet.get("/v1/deadletters?limit=501").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> replay(String letter) {
        return fleet.postJson("/v1/deadletters/" + letter + "/replay", "");
    }

    private JsonNode awaitLetter(String key) {
        return await().atMost(PATIENCE).until(() -> letter(key), found -> !found.isMissingNode());
    }

    private JsonNode letter(String key) {
        for (JsonNode letter : json(fleet.get("/v1/deadletters?limit=500")).path("letters")) {
            if (letter.path("key").asText().equals(key)) {
                return letter;
            }
        }
        return MissingNode.getInstance();
    }

    private String state(String job) {
        return json(fleet.get("/v1/jobs/" + job)).path("state").asText();
    }

    /** Without the header that says what it is. */
    private void send(String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(Topics.REQUESTS, key, value));
        producer.flush();
    }

    private RestorationRequest request(String id, String key) {
        return new RestorationRequest(
                new JobId(id),
                ApiFleet.TENANT,
                ObjectReference.latest(fleet.server.bucket(), key),
                ApiFleet.MODEL,
                new Depth.Automatic(),
                Terms.DEFAULT,
                OutputFormat.PNG,
                null,
                null,
                Instant.now());
    }
}
