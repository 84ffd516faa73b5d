package io.flexir.ops.bench.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.audit.CommittedRecords;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.scheduler.bundles.BundleCatalog;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** From the topics of a real broker. */
@Timeout(120)
class RecordedJobsTest {
    private static final BundleCatalog BUNDLES = BundleCatalog.read(Path.of("..", "models"));
    private static final String DENOISE = "denoise-color-25-s";

    private static final MessageCodec CODEC = new MessageCodec();
    private static final ObjectReference IMAGE =
            new ObjectReference("flexir", "k", null, "9b2cf535f27731c974343645a3985328");
    private static final String DIGEST = "0".repeat(64);

    private static Infrastructure infrastructure;

    /** In the past: the broker takes no timestamp from the future. */
    private static Instant noon;

    @BeforeAll
    static void record() {
        noon = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(2 * 3600);
        infrastructure =
                Infrastructure.start(DataDirectory.temporary(), List.of(FleetConfigs.POOL));
        ImageSize size = new ImageSize(300, 200);
        try (KafkaProducer<String, byte[]> producer = producer()) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, request("before", DENOISE, size, noon.minusSeconds(3600)));
            send(producer, request("second", DENOISE, size, noon.plusSeconds(2)));
            send(producer, request("first", "sr-x2-s", size, noon));
            send(producer, request("second", DENOISE, size, noon.plusSeconds(3)));
            send(producer, request("chosen", "auto", null, noon.plusSeconds(5)));
            send(producer, request("unsized", DENOISE, null, noon.plusSeconds(6)));
            send(producer, request("unknown", "no-such-model", size, noon.plusSeconds(7)));
            send(producer, request("after", DENOISE, size, noon.plusSeconds(2 * 3600 - 60)));
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    Topics.REQUESTS,
                                    null,
                                    noon.toEpochMilli(),
                                    "noise",
                                    "no request".getBytes(UTF_8)));
            send(producer, restored("chosen", "jpeg-color-s", new ImageSize(100, 50)));
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, request("aborted", DENOISE, size, noon.plusSeconds(1)));
            producer.flush();
            producer.abortTransaction();
        }
    }

    @AfterAll
    static void stop() {
        infrastructure.close();
    }

    @Test
    void what_was_asked_for_and_committed_comes_as_it_came() {
        List<SimulatedJob> jobs = recorded(10).between(noon, evening());

        assertThat(jobs).extracting(SimulatedJob::arrival).containsExactly(0.0, 2.0, 5.0);
        assertThat(jobs).extracting(job -> job.deadline() - job.arrival()).containsOnly(9.0);
        assertThat(jobs)
                .extracting(SimulatedJob::model)
                .containsExactly("sr-x2-s", DENOISE, "jpeg-color-s");
        assertThat(jobs)
                .extracting(SimulatedJob::pixels)
                .containsExactly(60_000.0, 60_000.0, 5_000.0);
    }

    @Test
    void recorded_jobs_can_be_played_at_any_load() {
        List<SimulatedJob> jobs = recorded(10).between(noon, evening());

        Workload workload = Workload.paced(jobs, 1, 2, Workload.CPU_WORKER);

        assertThat(workload.load()).isCloseTo(2, within(1e-9));
        assertThat(workload.jobs())
                .extracting(job -> Math.round(job.deadline() - job.arrival()))
                .containsOnly(9L);
    }

    @Test
    void too_many_and_none_are_said() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> recorded(2).between(noon, evening()))
                .withMessageContaining("more than 2 requests");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> recorded(2).between(evening(), evening().plusSeconds(9)))
                .withMessageContaining("no request between " + evening());
    }

    private static Instant evening() {
        return noon.plusSeconds(3600);
    }

    private static RecordedJobs recorded(int most) {
        String broker = infrastructure.broker().bootstrapServers();
        return new RecordedJobs(new CommittedRecords(broker, Map.of()), BUNDLES, most);
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        infrastructure.broker().bootstrapServers(),
                        "transactional.id",
                        "recorder"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static void send(KafkaProducer<String, byte[]> to, RestorationRequest request) {
        String id = request.jobId().value();
        byte[] value = CODEC.encode(request);
        send(to, Topics.REQUESTS, MessageType.REQUEST, id, value, request.submittedAt());
    }

    private static void send(KafkaProducer<String, byte[]> to, JobView view) {
        String id = view.request().jobId().value();
        send(to, Topics.JOBS, MessageType.JOB, id, CODEC.encode(view), view.updatedAt());
    }

    private static void send(
            KafkaProducer<String, byte[]> to,
            String topic,
            MessageType<?> type,
            String id,
            byte[] value,
            Instant at) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, null, at.toEpochMilli(), id, value);
        CloudEvent.headers(type, id, "/test", at)
                .forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        var _ = to.send(record);
    }

    /** Due in nine seconds. */
    private static RestorationRequest request(
            String id, String model, @Nullable ImageSize size, Instant at) {
        return new RestorationRequest(
                new JobId(id),
                new TenantId("museum"),
                IMAGE,
                model,
                new Depth.Automatic(),
                new Terms(PriorityClass.STANDARD, at.plusSeconds(9), 1, OnMiss.DEGRADE),
                OutputFormat.PNG,
                size,
                null,
                at);
    }

    private static JobView restored(String id, String model, ImageSize size) {
        RestorationRequest request = request(id, "auto", null, noon.plusSeconds(5));
        Receipt receipt =
                new Receipt(
                        IMAGE,
                        IMAGE,
                        DIGEST,
                        "image/png",
                        1,
                        1,
                        size,
                        size,
                        model,
                        DIGEST,
                        null,
                        "fixed",
                        new PointerBudget(1, 1),
                        new Inference.Regular(),
                        List.of(new RegionReceipt(0, 0, size.width(), size.height(), 1, null)),
                        1,
                        new PhaseSeconds(0, 0, 1, 0, 0, 0),
                        new Energy(1, "estimate:test"),
                        false,
                        "w",
                        "cpu",
                        1);
        Instant end = noon.plusSeconds(6);
        return new JobView(
                request,
                JobState.SUCCEEDED,
                1,
                new PointerBudget(1, 1),
                noon.plusSeconds(5),
                new Outcome.Restored(request.jobId(), request.tenant(), end, receipt, false, false),
                end);
    }
}
