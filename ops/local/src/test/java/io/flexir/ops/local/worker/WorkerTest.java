package io.flexir.ops.local.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.control.ControlRecord.CancelJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.worker.Worker;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class WorkerTest {
    private final TestFleet fleet = new TestFleet();
    private Worker worker;

    @BeforeAll
    void start() {
        worker = Worker.start(fleet.worker("w1", "cpu"));
        TestFleet.awaitReady(worker);
    }

    @AfterAll
    void stop() {
        worker.close();
        fleet.close();
    }

    @Test
    void restores_an_image_and_says_what_it_cost() throws IOException {
        ObjectReference input = fleet.upload("in/a.png", Orders.noise(75, 61, 1));

        fleet.send(Orders.order("job-a", "cpu", input, 2));

        WorkerReport report = fleet.report("job-a");
        assertThat(report).isInstanceOf(WorkerReport.Restored.class);
        Receipt receipt = ((WorkerReport.Restored) report).receipt();
        byte[] result = fleet.download(receipt.result());
        assertThat(receipt.result().key())
                .isEqualTo("results/acme/job-a/" + receipt.resultSha256() + ".png");
        assertThat(sha256(result)).isEqualTo(receipt.resultSha256());
        assertThat(ImageIO.read(new ByteArrayInputStream(result)).getWidth()).isEqualTo(75);
        assertThat(receipt.input()).isEqualTo(input);
        assertThat(receipt.deepestPointer()).isEqualTo(2);
        assertThat(receipt.gigaMacs()).isPositive();
        assertThat(receipt.seconds().inference()).isPositive();
        assertThat(receipt.energy().joules()).isPositive();
    }

    @Test
    void lets_every_region_end_where_its_score_allows() {
        ObjectReference input = fleet.upload("in/l.png", Orders.noise(300, 200, 11));
        WorkOrder order = Orders.order("job-l", "cpu", input, 6);

        fleet.send(Orders.with(order, Terms.DEFAULT, new Inference.Adaptive(0)));

        WorkerReport report = fleet.report("job-l");
        assertThat(report).isInstanceOf(WorkerReport.Restored.class);
        Receipt receipt = ((WorkerReport.Restored) report).receipt();
        int firstExit = Orders.bundle().manifest().exitPoints().getFirst();
        assertThat(receipt.regions())
                .hasSizeGreaterThan(1)
                .allSatisfy(
                        region -> {
                            assertThat(region.pointer()).isEqualTo(firstExit);
                            assertThat(region.score()).isPositive();
                        });
    }

    @Test
    void fails_a_job_whose_deadline_has_passed_when_its_terms_say_so() {
        ObjectReference input = fleet.upload("in/m.png", Orders.noise(64, 64, 12));
        WorkOrder order = Orders.order("job-m", "cpu", input, 6);
        Terms strict =
                new Terms(PriorityClass.STANDARD, Instant.now().minusSeconds(1), 1, OnMiss.FAIL);

        fleet.send(Orders.with(order, strict, order.inference()));

        WorkerReport report = fleet.report("job-m");
        assertThat(report).isInstanceOf(WorkerReport.Failed.class);
        assertThat(((WorkerReport.Failed) report).failure().reason())
                .isEqualTo(Failure.Reason.DEADLINE);
    }

    @Test
    void restores_to_the_smallest_pointer_when_the_deadline_leaves_no_time() {
        ObjectReference input = fleet.upload("in/n.png", Orders.noise(64, 64, 13));
        WorkOrder order = Orders.order("job-n", "cpu", input, 6);
        Terms lenient =
                new Terms(PriorityClass.STANDARD, Instant.now().minusSeconds(1), 1, OnMiss.DEGRADE);

        fleet.send(Orders.with(order, lenient, order.inference()));

        WorkerReport report = fleet.report("job-n");
        assertThat(report).isInstanceOf(WorkerReport.Restored.class);
        Receipt receipt = ((WorkerReport.Restored) report).receipt();
        assertThat(receipt.degraded()).isTrue();
        assertThat(receipt.deepestPointer()).isEqualTo(1);
    }

    @Test
    void goes_to_the_target_after_the_deadline_when_its_terms_say_so() {
        ObjectReference input = fleet.upload("in/o.png", Orders.noise(64, 64, 14));
        WorkOrder order = Orders.order("job-o", "cpu", input, 6);
        Terms patient =
                new Terms(PriorityClass.STANDARD, Instant.now().minusSeconds(1), 1, OnMiss.LATE);

        fleet.send(Orders.with(order, patient, order.inference()));

        WorkerReport report = fleet.report("job-o");
        assertThat(report).isInstanceOf(WorkerReport.Restored.class);
        Receipt receipt = ((WorkerReport.Restored) report).receipt();
        assertThat(receipt.degraded()).isFalse();
        assertThat(receipt.deepestPointer()).isEqualTo(6);
    }

    @Test
    void reports_a_committed_job_again_without_computing_it() throws Exception {
        ObjectReference input = fleet.upload("in/b.png", Orders.noise(48, 48, 2));
        fleet.send(Orders.order("job-b", "cpu", input, 1));
        WorkerReport.Restored first = (WorkerReport.Restored) fleet.report("job-b");

        fleet.send(Orders.order("job-b", "cpu", input, 6, 2));

        await().atMost(TestFleet.PATIENCE).until(() -> fleet.reports("job-b").size() == 2);
        WorkerReport.Restored again = (WorkerReport.Restored) fleet.reports("job-b").getLast();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.receipt()).isEqualTo(first.receipt());
        assertThat(metric("flexir_worker_receipts_found_total")).isPositive();
    }

    @Test
    void does_not_compute_again_what_a_forgetful_broker_hands_out_as_new() throws Exception {
        ObjectReference input = fleet.upload("in/b.png", Orders.noise(48, 48, 2));
        WorkOrder order = Orders.order("job-old", "cpu", input, 1);
        fleet.send(order);
        WorkerReport.Restored first = (WorkerReport.Restored) fleet.report("job-old");
        double found = metric("flexir_worker_receipts_found_total");

        fleet.send(Orders.from(Instant.now().minus(Duration.ofMinutes(5)), order));

        // A busy machine may be handed the first order twice as well.
        await().atMost(TestFleet.PATIENCE).until(() -> fleet.reports("job-old").size() >= 2);
        WorkerReport.Restored again = (WorkerReport.Restored) fleet.reports("job-old").getLast();
        assertThat(again.receipt()).isEqualTo(first.receipt());
        assertThat(metric("flexir_worker_receipts_found_total")).isGreaterThan(found);
    }

    @Test
    void rejects_a_damaged_image_with_a_reason() {
        byte[] file = Orders.noise(64, 64, 3);
        ObjectReference input = fleet.upload("in/c.png", Arrays.copyOf(file, file.length / 2));

        fleet.send(Orders.order("job-c", "cpu", input, 1));

        assertThat(rejection("job-c").reason()).isEqualTo(Rejection.Reason.CORRUPT_IMAGE);
    }

    @Test
    void rejects_an_image_whose_result_would_be_too_large_and_names_the_limit() {
        ObjectReference input = fleet.upload("in/x4.png", Orders.blackAndWhite(8660, 5773));

        fleet.send(Orders.by("sr-x4-s", Orders.order("job-x4", "cpu", input, 1)));
        Rejection rejection = rejection("job-x4");

        assertThat(rejection.reason()).isEqualTo(Rejection.Reason.TOO_LARGE);
        assertThat(rejection.detail()).contains("max-output-pixels", "200000000");
    }

    @Test
    void rejects_an_input_that_was_replaced_after_it_was_pinned() {
        ObjectReference input = fleet.upload("in/d.png", Orders.noise(32, 32, 4));
        fleet.upload("in/d.png", Orders.noise(32, 32, 5));

        fleet.send(Orders.order("job-d", "cpu", input, 1));

        assertThat(rejection("job-d").reason()).isEqualTo(Rejection.Reason.INPUT_CHANGED);
    }

    @Test
    void rejects_an_input_that_is_not_there() {
        ObjectReference input =
                ObjectReference.latest(fleet.storeServer.bucket(), "in/nothing.png");

        fleet.send(Orders.order("job-e", "cpu", input, 1));

        assertThat(rejection("job-e").reason()).isEqualTo(Rejection.Reason.INPUT_MISSING);
    }

    @Test
    void sets_a_record_aside_that_is_no_order_and_goes_on() {
        ObjectReference input = fleet.upload("in/f.png", Orders.noise(32, 32, 6));
        byte[] nonsense = "{\"request\": 7}".getBytes(StandardCharsets.UTF_8);

        fleet.send(Topics.work("cpu"), "x", MessageType.WORK_ORDER, nonsense);
        fleet.send(Orders.order("job-f", "cpu", input, 1));

        DeadLetter letter = fleet.deadLetter(any -> any.topic().equals(Topics.work("cpu")));
        assertThat(letter.bytes()).isEqualTo(nonsense);
        assertThat(letter.reason()).contains("request");
        assertThat(fleet.report("job-f")).isInstanceOf(WorkerReport.Restored.class);
    }

    @Test
    void stops_a_cancelled_job_in_mid_course() {
        ObjectReference input = fleet.upload("in/g.png", Orders.noise(1000, 800, 7));
        fleet.send(Orders.order("job-g", "cpu", input, 6));
        fleet.computing("job-g");

        fleet.send(new CancelJob(new JobId("job-g"), Orders.TENANT, Instant.now()));

        assertThat(fleet.report("job-g")).isInstanceOf(WorkerReport.Cancelled.class);
    }

    @Test
    void does_not_begin_a_job_that_was_cancelled_before_the_worker_came_up() {
        fleet.createPool("late", Duration.ofSeconds(15));
        ObjectReference input = fleet.upload("in/h.png", Orders.noise(32, 32, 8));
        fleet.send(new CancelJob(new JobId("job-h"), Orders.TENANT, Instant.now()));
        fleet.send(Orders.order("job-h", "late", input, 1));

        try (Worker late = Worker.start(fleet.worker("late-1", "late"))) {
            assertThat(fleet.report("job-h")).isInstanceOf(WorkerReport.Cancelled.class);
            assertThat(late.workerId()).isEqualTo("late-1");
        }
    }

    @Test
    void fails_an_order_that_was_begun_too_often_without_opening_it() {
        fleet.createPool("poisoned", Duration.ofSeconds(15));
        ObjectReference missing =
                ObjectReference.latest(fleet.storeServer.bucket(), "in/never-read.png");
        byte[] begun = "begun".getBytes(StandardCharsets.UTF_8);
        fleet.upload("results/acme/job-i/begun-1-2", begun);
        fleet.upload("results/acme/job-i/begun-1-3", begun);
        fleet.send(Orders.order("job-i", "poisoned", missing, 1));
        handBackThreeTimes("poisoned");

        try (Worker brave = Worker.start(fleet.worker("brave", "poisoned"))) {
            WorkerReport report = fleet.report("job-i");

            assertThat(report).isInstanceOf(WorkerReport.Failed.class);
            assertThat(((WorkerReport.Failed) report).failure().reason())
                    .isEqualTo(Failure.Reason.POISON);
            assertThat(brave.isReady()).isTrue();
        }
    }

    @Test
    void opens_an_order_that_came_back_often_and_was_not_begun() {
        fleet.createPool("unlucky", Duration.ofSeconds(15));
        ObjectReference input = fleet.upload("in/unlucky.png", Orders.noise(32, 32, 15));
        fleet.send(Orders.order("job-unlucky", "unlucky", input, 1));
        handBackThreeTimes("unlucky");

        try (Worker patient = Worker.start(fleet.worker("patient-2", "unlucky"))) {
            assertThat(fleet.report("job-unlucky")).isInstanceOf(WorkerReport.Restored.class);
            assertThat(patient.isReady()).isTrue();
        }
    }

    @Test
    void fails_an_order_for_a_bundle_that_this_worker_does_not_have() {
        ObjectReference input = fleet.upload("in/j.png", Orders.noise(32, 32, 9));
        WorkOrder order = Orders.order("job-j", "cpu", input, 1);
        GrantedModel absent =
                new GrantedModel(
                        Orders.MODEL, "0".repeat(64), new Task.Denoise(25, 25), order.budget());

        fleet.send(
                new WorkOrder(
                        order.request(),
                        List.of(absent),
                        order.inference(),
                        order.policyVersion(),
                        1,
                        "cpu",
                        order.orderedAt()));

        WorkerReport report = fleet.report("job-j");
        assertThat(report).isInstanceOf(WorkerReport.Failed.class);
        assertThat(((WorkerReport.Failed) report).failure().reason())
                .isEqualTo(Failure.Reason.ENGINE);
    }

    @Test
    void rejects_an_image_that_no_model_it_may_choose_suits() {
        ObjectReference input = fleet.upload("in/unsuited.png", Orders.flat(64, 48));

        fleet.send(Orders.ofAnyModel(Orders.order("job-unsuited", "cpu", input, 1)));

        WorkerReport report = fleet.report("job-unsuited");
        assertThat(report).isInstanceOf(WorkerReport.Rejected.class);
        Rejection rejection = ((WorkerReport.Rejected) report).rejection();
        assertThat(rejection.reason()).isEqualTo(Rejection.Reason.NO_SUITABLE_MODEL);
        assertThat(rejection.detail()).contains("sigma 0.0", Orders.MODEL);
    }

    @Test
    void tells_the_fleet_what_it_can_do_and_what_it_does() {
        ObjectReference input = fleet.upload("in/k.png", Orders.noise(400, 300, 10));

        fleet.send(Orders.order("job-k", "cpu", input, 3));

        WorkerHeartbeat busy =
                fleet.heartbeat(
                        beat ->
                                beat.workerId().equals("w1")
                                        && beat.inFlight().stream()
                                                .anyMatch(
                                                        job ->
                                                                job.jobId()
                                                                        .value()
                                                                        .equals("job-k")));
        WorkerHeartbeat idle =
                fleet.heartbeat(beat -> beat.at().isAfter(busy.at()) && beat.inFlight().isEmpty());
        assertThat(busy.freeSlots()).isZero();
        assertThat(idle.freeSlots()).isEqualTo(1);
        assertThat(idle.models())
                .anySatisfy(
                        model -> {
                            assertThat(model.name()).isEqualTo(Orders.MODEL);
                            assertThat(model.gigaMacsPerSecond()).isPositive();
                        });
    }

    @Test
    void serves_health_and_metrics() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body()).contains("flexir_worker_ready", "jvm_memory");
    }

    private Rejection rejection(String job) {
        WorkerReport report = fleet.report(job);
        assertThat(report).isInstanceOf(WorkerReport.Rejected.class);
        return ((WorkerReport.Rejected) report).rejection();
    }

    /** As a worker would that dies three times over the same order. */
    private void handBackThreeTimes(String pool) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", fleet.broker.bootstrapServers(),
                        "group.id", Topics.shareGroup(pool),
                        "share.acknowledgement.mode", "explicit");
        try (KafkaShareConsumer<String, byte[]> consumer =
                new KafkaShareConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.work(pool)));
            for (int count = 1; count <= 3; count++) {
                await().atMost(TestFleet.PATIENCE)
                        .until(
                                () -> {
                                    var records = consumer.poll(Duration.ofMillis(200));
                                    records.forEach(
                                            record ->
                                                    consumer.acknowledge(
                                                            record, AcknowledgeType.RELEASE));
                                    return !records.isEmpty();
                                });
                consumer.commitSync();
            }
        }
    }

    private double metric(String name) throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + worker.managementPort() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
