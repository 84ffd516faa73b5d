package io.flexir.ops.local.api;

import static io.flexir.ops.local.api.ApiFleet.idOf;
import static io.flexir.ops.local.api.ApiFleet.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.control.ControlRecord.PurgeJob;
import io.flexir.contracts.control.ControlRecord.PurgeTenant;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.ops.local.audit.CommittedRecords;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.api.ApiServer;
import io.flexir.scheduler.keeping.KeepingRules;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is deleted is gone: from the API, the topics, the ledger's changelog, and the bucket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class PurgeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CHANGELOG = "flexir-scheduler-ledger-changelog";
    private static final KeepingRules FORGETFUL =
            new KeepingRules(
                    Duration.ZERO, Duration.ZERO, Duration.ofDays(1), PATIENCE, Duration.ZERO);

    private ApiFleet fleet;
    private ApiServer forgetful;

    @BeforeAll
    void start() {
        fleet = new ApiFleet();
        beganHoursAgo();
        // The other scheduler remembers for an hour what was purged; this one lets it go at once.
        forgetful = fleet.startApi(ApiFleet.MAX_WAITING, Routes.NONE, FORGETFUL);
    }

    @AfterAll
    void stop() {
        forgetful.close();
        fleet.close();
    }

    @Test
    void a_purged_job_is_gone_from_the_api_the_topics_the_ledger_and_the_bucket() {
        String id = restoredJob();
        String control = PurgeJob.keyOf(new JobId(id));
        assertThat(keysOf(id)).hasSize(3);
        assertThat(last(Topics.JOBS)).containsEntry(id, true);
        assertThat(last(CHANGELOG)).containsEntry(id, true);

        HttpResponse<String> purged = fleet.delete("/v1/jobs/" + id + "?purge=true");

        assertThat(purged.statusCode()).as(purged.body()).isEqualTo(202);
        assertThat(idOf(purged)).isEqualTo(id);
        awaitGone(id);
        await().atMost(PATIENCE).until(() -> keysOf(id).isEmpty());
        assertThat(fleet.get("/v1/jobs/" + id + "/result").statusCode()).isEqualTo(404);
        assertThat(last(Topics.JOBS)).containsEntry(id, false);
        assertThat(last(CHANGELOG)).containsEntry(id, false);
        await().atMost(PATIENCE).until(() -> !last(Topics.CONTROL).getOrDefault(control, true));
    }

    @Test
    void a_job_that_waits_is_taken_back_and_gone() {
        String id = idOf(fleet.submit(inline()));
        assertThat(keysOf(id)).hasSize(1);

        fleet.delete("/v1/jobs/" + id + "?purge=true");

        awaitGone(id);
        await().atMost(PATIENCE).until(() -> keysOf(id).isEmpty());
        assertThat(fleet.worker.order(id)).isEmpty();
    }

    @Test
    void an_input_stays_as_long_as_another_job_names_it() {
        String failed = idOf(fleet.submit(inline()));
        fleet.worker.reportFailed(
                orderFor(failed), new Failure(Failure.Reason.POISON, "It kills its worker"));
        awaitState(failed, "failed");
        String retried = idOf(fleet.postJson("/v1/jobs/" + failed + "/retry", ""));

        fleet.delete("/v1/jobs/" + failed + "?purge=true");
        awaitGone(failed);
        await().atMost(PATIENCE)
                .until(() -> !last(Topics.CONTROL).getOrDefault("purge/" + failed, true));
        assertThat(keysOf(failed)).hasSize(1);

        fleet.delete("/v1/jobs/" + retried + "?purge=true");
        awaitGone(retried);
        await().atMost(PATIENCE)
                .until(() -> !last(Topics.CONTROL).getOrDefault("purge/" + retried, true));
        assertThat(keysOf(failed)).isEmpty();
    }

    @Test
    void what_was_asked_for_while_the_store_was_away_is_done_when_it_is_back() {
        String id = restoredJob();
        fleet.server.stop();

        HttpResponse<String> asked = fleet.delete("/v1/jobs/" + id + "?purge=true");
        awaitGone(id);
        fleet.server.start();

        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> keysOf(id).isEmpty());
    }

    @Test
    void an_object_of_the_clients_own_is_not_the_fleets_to_delete() {
        String id = idOf(fleet.submit(fleet.submissionOf("in/own.png")));

        fleet.delete("/v1/jobs/" + id + "?purge=true");

        awaitGone(id);
        await().atMost(PATIENCE)
                .until(() -> !last(Topics.CONTROL).getOrDefault("purge/" + id, true));
        assertThat(keys("in/own.png")).hasSize(1);
    }

    @Test
    void a_tenant_is_gone_with_all_its_jobs_and_objects_and_others_stay() {
        String ended = restoredJob();
        String waiting = idOf(fleet.submit(inline()));
        fleet.store.put("uploads/default/nobodys/input", ApiFleet.png(3, 3));
        fleet.store.put("uploads/default.2/hers/input", ApiFleet.png(3, 3));
        String control = PurgeTenant.keyOf(ApiFleet.TENANT);
        // The store keeps whole seconds.
        Instant stored = Instant.now();
        await().until(() -> Instant.now().isAfter(stored.plusMillis(1100)));

        HttpResponse<String> asked = fleet.delete("/v1/tenants/default");

        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> !last(Topics.CONTROL).getOrDefault(control, true));
        awaitGone(ended);
        awaitGone(waiting);
        assertThat(keys("uploads/default/")).isEmpty();
        assertThat(keys("results/default/")).isEmpty();
        assertThat(keys("uploads/default.2/")).hasSize(1);
        assertThat(json(fleet.get("/v1/jobs")).path("jobs")).isEmpty();
        assertThat(fleet.get("/v1/tenants/nobody/purge").statusCode()).isEqualTo(404);
        String next = idOf(fleet.submit(inline()));
        awaitState(next, "queued");
        fleet.delete("/v1/jobs/" + next + "?purge=true");
        awaitGone(next);
    }

    @Test
    void what_belongs_to_no_job_expires_and_so_do_results_and_the_api_says_so() {
        String id = restoredJob();
        String waiting = idOf(fleet.submit(inline()));
        awaitState(waiting, "queued");
        fleet.store.put("uploads/default/never-submitted/input", ApiFleet.png(3, 3));
        fleet.store.put("results/default/" + id + "/loser.png", ApiFleet.png(3, 3));
        fleet.store.put("results/default/no-such-job/a.png", ApiFleet.png(3, 3));
        fleet.store.put("in/elsewhere.png", ApiFleet.png(3, 3));
        Duration soon = Duration.ofMillis(100);

        try (ApiServer sweeping = sweeping(Duration.ZERO, Duration.ZERO, Duration.ZERO)) {
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    keys("uploads/default/never-submitted").isEmpty()
                                            && keys("results/default/no-such-job").isEmpty()
                                            && keysOf(id).size() == 3);
            assertThat(sweeping.port()).isPositive();
        }
        assertThat(keys("results/default/" + id + "/")).hasSize(2);
        assertThat(keysOf(waiting)).hasSize(1);
        assertThat(keys("in/elsewhere.png")).hasSize(1);
        assertThat(fleet.get("/v1/jobs/" + id + "/result").statusCode()).isEqualTo(303);

        try (ApiServer sweeping = sweeping(soon, soon, Duration.ofDays(1))) {
            await().atMost(PATIENCE).until(() -> keysOf(id).isEmpty());
            assertThat(sweeping.port()).isPositive();
        }
        assertThat(keysOf(waiting)).hasSize(1);
        HttpResponse<String> gone = fleet.get("/v1/jobs/" + id + "/result");
        assertThat(gone.statusCode()).as(gone.body()).isEqualTo(410);
        assertThat(json(gone).path("type").asText()).isEqualTo("urn:flexir:problem:result-gone");
        assertThat(job(id).path("state").asText()).isEqualTo("succeeded");
    }

    /** A topic of jobs that has only begun makes nothing an orphan that was stored before. */
    private void beganHoursAgo() {
        long then = Instant.now().minus(Duration.ofHours(2)).toEpochMilli();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", fleet.broker.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            var _ =
                    producer.send(
                            new ProducerRecord<String, byte[]>(
                                    Topics.JOBS, 0, then, "long-gone", null));
        }
    }

    private ApiServer sweeping(Duration inputs, Duration results, Duration orphans) {
        return fleet.startApi(
                ApiFleet.MAX_WAITING,
                Routes.NONE,
                new KeepingRules(
                        inputs, results, orphans, Duration.ofMillis(200), Duration.ofHours(1)));
    }

    /** A job with an upload, a result and a receipt in the bucket. */
    private String restoredJob() {
        String id = idOf(fleet.submit(inline()));
        WorkOrder order = orderFor(id);
        String directory = "results/default/" + id + "/";
        ObjectReference result = fleet.store.put(directory + "ab.png", ApiFleet.png(33, 21));
        fleet.store.put(directory + "receipt.json", new byte[] {'{', '}'});
        fleet.worker.reportRestored(order, result, 99);
        awaitState(id, "succeeded");
        return id;
    }

    private static String inline() {
        return "{\"model\": \"%s\", \"input\": {\"data\": \"%s\"}}"
                .formatted(
                        ApiFleet.MODEL, Base64.getEncoder().encodeToString(ApiFleet.png(33, 21)));
    }

    private WorkOrder orderFor(String id) {
        WorkOrder order =
                await().atMost(PATIENCE)
                        .until(
                                () -> {
                                    fleet.worker.heartbeat(20);
                                    return fleet.worker.order(id);
                                },
                                Optional::isPresent)
                        .orElseThrow();
        // Jobs that are to wait do.
        fleet.worker.stop();
        return order;
    }

    /** By the list, for an unknown id is waited for. */
    private void awaitGone(String id) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                !fleet.get("/v1/jobs?limit=500")
                                        .body()
                                        .contains("\"id\":\"" + id + "\""));
    }

    private void awaitState(String id, String state) {
        await().atMost(PATIENCE).until(() -> job(id).path("state").asText().equals(state));
    }

    private JsonNode job(String id) {
        return json(fleet.get("/v1/jobs/" + id));
    }

    /** Keys in the bucket that name the job. */
    private List<String> keysOf(String id) {
        return keys("").stream().filter(key -> key.contains(id)).toList();
    }

    private List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        fleet.store.list(prefix, object -> keys.add(object.key()));
        return keys;
    }

    /** Of each key of a compacted topic whether its last record has a value. */
    private Map<String, Boolean> last(String topic) {
        Map<String, Boolean> last = new HashMap<>();
        new CommittedRecords(fleet.broker.bootstrapServers(), Map.of())
                .read(
                        topic,
                        Instant.EPOCH,
                        record -> last.put(record.key(), record.value() != null));
        return last;
    }
}
