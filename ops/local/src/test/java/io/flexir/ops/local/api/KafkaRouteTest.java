package io.flexir.ops.local.api;

import static io.flexir.ops.local.api.ApiFleet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.TopicSpec;
import io.flexir.ops.local.worker.TopicLog;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.api.ApiServer;

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
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The way in by Kafka, over a real broker and store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class KafkaRouteTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MAPPED = "museum.requests";
    private static final String UNMAPPED = "somebody.requests";

    private ApiFleet fleet;
    private ApiServer routed;
    private KafkaProducer<String, byte[]> producer;
    private TopicLog<DeadLetter> deadLetters;

    @BeforeAll
    void start() {
        fleet = new ApiFleet();
        try (var admin = fleet.broker.admin()) {
            new ClusterSetup(admin)
                    .createTopics(
                            List.of(
                                    new TopicSpec(MAPPED, 1, Map.of()),
                                    new TopicSpec(UNMAPPED, 1, Map.of())));
        }
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", fleet.broker.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer());
        deadLetters =
                new TopicLog<>(
                        fleet.broker.bootstrapServers(),
                        Topics.DEAD_LETTER,
                        MessageType.DEAD_LETTER);
        routed =
                fleet.startApi(
                        ApiFleet.MAX_WAITING,
                        new Routes("test-routes", Map.of(MAPPED, ApiFleet.TENANT)));
    }

    @AfterAll
    void stop() {
        deadLetters.close();
        producer.close();
        routed.close();
        fleet.close();
    }

    @Test
    void a_request_in_its_topic_is_a_job_of_the_tenant_with_a_pinned_input() {
        fleet.submissionOf("in/routed.png");

        send(MAPPED, request("routed", ApiFleet.TENANT, "in/routed.png"));

        JsonNode job = awaitJob("routed", "queued");
        assertThat(job.at("/input/etag").asText()).isNotEmpty();
        assertThat(job.at("/imageSize/width").asInt()).isEqualTo(33);
    }

    @Test
    void what_is_not_the_tenants_to_name_is_rejected_with_an_outcome() {
        send(MAPPED, request("greedy", ApiFleet.TENANT, "uploads/other/secret.png"));

        assertThat(awaitJob("greedy", "rejected").at("/problem/reason").asText())
                .isEqualTo("access-denied");
    }

    @Test
    void a_name_that_no_object_can_have_and_an_empty_object_hold_nobody_up() {
        fleet.submissionOf("in/next.png");
        fleet.put("in/empty.png", new byte[0]);
        RestorationRequest nameless = request("nameless", ApiFleet.TENANT, "in/NAME");

        send(
                MAPPED,
                nameless.jobId(),
                new String(TopicLog.CODEC.encode(nameless), StandardCharsets.UTF_8)
                        .replace("in/NAME", "in/\\ud800")
                        .getBytes(StandardCharsets.UTF_8));
        send(MAPPED, request("empty", ApiFleet.TENANT, "in/empty.png"));
        send(MAPPED, request("next", ApiFleet.TENANT, "in/next.png"));

        awaitJob("next", "queued");
        awaitJob("empty", "queued");
    }

    @Test
    void a_request_in_the_name_of_another_tenant_is_set_aside() {
        TenantId other = new TenantId("other");

        send(MAPPED, request("borrowed", other, "in/routed.png"));

        DeadLetter letter =
                deadLetters.await(
                        set ->
                                new String(set.bytes(), StandardCharsets.UTF_8)
                                        .contains("borrowed"));
        assertThat(letter.topic()).isEqualTo(MAPPED);
        assertThat(letter.reason())
                .isEqualTo("it is of tenant other, and the topic is that of default");
        String counted = "flexir_dead_letters_total{topic=\"" + MAPPED + "\"";
        await().atMost(PATIENCE)
                .until(
                        () ->
                                fleet.metrics
                                        .scrape()
                                        .lines()
                                        .filter(line -> line.startsWith(counted))
                                        .anyMatch(line -> !line.endsWith(" 0.0")));
    }

    @Test
    void a_topic_that_nobody_mapped_is_not_read() {
        fleet.submissionOf("in/marker.png");

        send(UNMAPPED, request("unmapped", ApiFleet.TENANT, "in/marker.png"));
        send(MAPPED, request("marker", ApiFleet.TENANT, "in/marker.png"));

        awaitJob("marker", "queued");
        assertThat(fleet.get("/v1/jobs/" + idOf("unmapped")).statusCode()).isEqualTo(404);
    }

    @Test
    void while_the_store_is_away_the_topic_keeps_what_it_has() {
        fleet.submissionOf("in/later.png");
        fleet.server.stop();
        send(MAPPED, request("later", ApiFleet.TENANT, "in/later.png"));
        // Looked for, and waited for, in vain: it is known to be not there yet.
        assertThat(fleet.get("/v1/jobs/" + idOf("later")).statusCode()).isEqualTo(404);

        fleet.server.start();

        assertThat(awaitJob("later", "queued").at("/input/etag").asText()).isNotEmpty();
    }

    @Test
    void a_job_that_came_by_kafka_is_not_another_one_over_http() {
        String body = fleet.submissionOf("in/twice.png");
        send(MAPPED, request("twice", ApiFleet.TENANT, "in/twice.png"));
        awaitJob("twice", "queued");

        HttpResponse<String> again = fleet.submit(body, "Idempotency-Key", "twice");

        assertThat(again.statusCode()).as(again.body()).isEqualTo(422);
        assertThat(json(again).path("type").asText())
                .isEqualTo("urn:flexir:problem:idempotency-key-reused");
    }

    private JsonNode awaitJob(String name, String state) {
        return await().atMost(PATIENCE)
                .until(
                        () -> json(fleet.get("/v1/jobs/" + idOf(name))),
                        job -> job.path("state").asText().equals(state));
    }

    private void send(String topic, RestorationRequest request) {
        send(topic, request.jobId(), TopicLog.CODEC.encode(request));
    }

    private void send(String topic, JobId id, byte[] request) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, request);
        CloudEvent.headers(MessageType.REQUEST, id.value(), "/a-museum", Instant.now())
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        var _ = producer.send(record);
        producer.flush();
    }

    private RestorationRequest request(String name, TenantId tenant, String key) {
        return new RestorationRequest(
                new JobId(name),
                tenant,
                ObjectReference.latest(fleet.server.bucket(), key),
                ApiFleet.MODEL,
                new Depth.Automatic(),
                Terms.DEFAULT,
                OutputFormat.PNG,
                null,
                null,
                Instant.now());
    }

    /** As a producer reckons it: a hash of its tenant and of the name that it gave the job. */
    private static String idOf(String name) {
        try {
            byte[] text = (ApiFleet.TENANT + "\0" + name).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(hash).substring(0, 40);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
