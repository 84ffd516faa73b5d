package io.flexir.ops.local.fleet;

import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetCosts;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.ops.local.worker.ForkedWorker;
import io.flexir.ops.local.worker.TopicLog;
import io.flexir.scheduler.Scheduler;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.config.SchedulerConfig;
import io.flexir.worker.Worker;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One fleet whose scheduler and worker can be stopped and started anew under their jobs. */
final class WholeFleet implements AutoCloseable {
    static final Path MODELS = Path.of("..", "models");
    static final String MODEL = "denoise-color-25-s";
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration LOCK = Duration.ofSeconds(3);
    private static final List<String> POOLS = List.of(FleetConfigs.POOL);

    private final Infrastructure infrastructure =
            Infrastructure.start(
                    DataDirectory.temporary(),
                    POOLS,
                    List.of(
                            ShareGroupSpec.of(Topics.shareGroup(FleetConfigs.POOL))
                                    .withLock(LOCK)));
    private final FleetConfigs configs = new FleetConfigs(infrastructure, MODELS);
    private final TopicLog<Outcome> outcomes =
            new TopicLog<>(
                    infrastructure.broker().bootstrapServers(),
                    Topics.OUTCOMES,
                    MessageType.OUTCOME);
    private Scheduler scheduler = startScheduler();
    private Worker worker = startWorker();
    private FleetClient client = connect();

    FleetClient client() {
        return client;
    }

    Job submit(byte[] image, Depth depth) {
        return client.submit(Submission.of(client.input(image), MODEL, depth));
    }

    /** A job that leaves the model to the fleet. */
    Job submitWithoutModel(byte[] image, Depth depth) {
        return client.submit(Submission.of(client.input(image), null, depth));
    }

    /** The job as it ended. */
    Job ended(Job job) {
        return ended(job.id());
    }

    Job ended(String jobId) {
        AtomicReference<Job> last = new AtomicReference<>();
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            last.set(client.get(jobId));
                            return last.get().state().isFinal();
                        });
        return last.get();
    }

    /** Of the last day. */
    FleetCosts costs() {
        return client.costs(new FleetCosts.Question(null, null, null, null));
    }

    /** Waits until a worker is in the middle of the job's stages. */
    Job computing(Job job) {
        AtomicReference<Job> last = new AtomicReference<>();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            last.set(client.get(job.id()));
                            Job.Progress progress = last.get().progress();
                            return progress != null && progress.stage() > 0;
                        });
        return last.get();
    }

    /** Every outcome of a job that was ever committed, once there is one. */
    List<Outcome> outcomes(String jobId) {
        outcomes.await(outcome -> outcome.jobId().value().equals(jobId));
        return outcomes.all().stream()
                .filter(outcome -> outcome.jobId().value().equals(jobId))
                .toList();
    }

    /** Puts an object into the store as a client with a presigned address does. */
    ObjectReference upload(byte[] image) {
        return client.upload(image);
    }

    /** Writes a request to the topic as any producer may. */
    void produce(RestorationRequest request) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.REQUESTS, request.jobId().value(), TopicLog.CODEC.encode(request));
        CloudEvent.headers(MessageType.REQUEST, request.jobId().value(), "/a-museum", Instant.now())
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                infrastructure.broker().bootstrapServers(),
                                "acks",
                                "all"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            var _ = producer.send(record);
        }
    }

    void stopScheduler() {
        client.close();
        scheduler.close();
    }

    void restartScheduler() {
        scheduler = startScheduler();
        client = connect();
    }

    void stopWorker() {
        worker.close();
    }

    void restartWorker() {
        worker = startWorker();
    }

    /** A second worker, in a process of its own. */
    Process forkWorker(String id, Path log) {
        return ForkedWorker.start(
                ForkedWorker.environment(
                        id,
                        FleetConfigs.POOL,
                        infrastructure.broker().bootstrapServers(),
                        infrastructure.store(),
                        MODELS),
                log);
    }

    private Scheduler startScheduler() {
        SchedulerConfig usual =
                configs.scheduler(0, new BudgetPolicy.Load(600), ScalingConfig.DEFAULT);
        Scheduler started =
                Scheduler.start(
                        new SchedulerConfig(
                                usual.kafka(),
                                usual.store(),
                                usual.http(),
                                usual.jobs().withLockDuration(LOCK),
                                usual.scaling(),
                                usual.bundles()));
        await().atMost(PATIENCE).until(started::ready);
        return started;
    }

    private Worker startWorker() {
        Worker started = Worker.start(configs.worker("resident"));
        await().atMost(PATIENCE).until(started::isReady);
        return started;
    }

    private FleetClient connect() {
        return new FleetClient(
                URI.create("http://127.0.0.1:" + scheduler.port()),
                Optional.of(infrastructure.key()));
    }

    @Override
    public void close() {
        client.close();
        worker.close();
        scheduler.close();
        outcomes.close();
        infrastructure.close();
    }
}
