package io.flexir.ops.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.bundles.BundleBucket;
import io.flexir.ops.local.bundles.StoredBundle;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Model;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.scheduler.Scheduler;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.config.SchedulerConfig;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.worker.Worker;
import io.flexir.worker.config.BundleCacheSettings;
import io.flexir.worker.config.ComputeSettings;
import io.flexir.worker.config.WorkerConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Another version of a model takes the place of the one before, under running jobs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class BundleActivationTest {
    private static final Path MODELS = Path.of("..", "models");
    private static final String MODEL = "denoise-color-25-s";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Infrastructure infrastructure =
            Infrastructure.start(DataDirectory.temporary(), List.of(FleetConfigs.POOL));
    private final FleetConfigs configs = new FleetConfigs(infrastructure, MODELS);
    private final List<Worker> workers = new ArrayList<>();
    private Path directory;
    private Scheduler scheduler;
    private FleetClient client;
    private ObjectStore store;
    private String shipped;
    private String second;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        SchedulerConfig config = schedulerConfig();
        store = new ObjectStore(config.store().settings());
        startScheduler();
        workers.add(startWorker("one"));
        workers.add(startWorker("two"));
        await().atMost(PATIENCE).until(() -> client.readyWorkers() == 2);
        shipped = model().digest();
        second = new BundleBucket(store).push(secondVersion());
    }

    @AfterAll
    void stop() {
        client.close();
        workers.forEach(Worker::close);
        scheduler.close();
        store.close();
        infrastructure.close();
    }

    @Test
    void under_running_jobs_nothing_is_lost_and_receipts_name_what_they_were_done_with()
            throws IOException {
        byte[] photo = Photos.noisyPng(150, 110);
        List<Job> before = submit(photo, 6);

        Model asked = client.activateBundle(MODEL, second, 1);
        await().atMost(PATIENCE).until(() -> model().digest().equals(second));
        List<Job> after = submit(photo, 4);

        List<Job> ended = ended(before);
        List<Job> endedAfter = ended(after);
        assertThat(asked.activation()).isNotNull();
        assertThat(asked.activation().previous()).isEqualTo(shipped);
        assertThat(Stream.concat(ended.stream(), endedAfter.stream())).allMatch(Job::succeeded);
        assertThat(ended.getFirst().receipt().modelDigest()).isEqualTo(shipped);
        assertThat(ended).allMatch(job -> List.of(shipped, second).contains(digest(job)));
        assertThat(endedAfter).allMatch(job -> digest(job).equals(second));
        assertThat(model().version()).isEqualTo("2.0.0");
        assertThat(model().activation().pools().get(FleetConfigs.POOL).holders()).isEqualTo(2);

        scheduler.close();
        client.close();
        startScheduler();
        await().atMost(PATIENCE).until(() -> model().digest().equals(second));
        assertThat(digest(ended(submit(photo, 1)).getFirst())).isEqualTo(second);

        client.activateBundle(MODEL, model().activation().previous(), 0.5);
        await().atMost(PATIENCE).until(() -> model().digest().equals(shipped));
        assertThat(digest(ended(submit(photo, 1)).getFirst())).isEqualTo(shipped);
    }

    @Test
    void a_worker_that_lacks_the_version_of_an_order_fetches_it() throws IOException {
        String third = new BundleBucket(store).push(version("3.0.0"));
        client.activateBundle(MODEL, third, 0.5);
        await().atMost(PATIENCE).until(() -> model().digest().equals(third));

        workers.forEach(Worker::close);
        workers.clear();
        workers.add(startWorker("late"));

        assertThat(digest(ended(submit(Photos.noisyPng(64, 48), 1)).getFirst())).isEqualTo(third);
        client.activateBundle(MODEL, shipped, 0.5);
        await().atMost(PATIENCE).until(() -> model().digest().equals(shipped));
        workers.add(startWorker("another"));
        await().atMost(PATIENCE).until(() -> client.readyWorkers() == 2);
    }

    @Test
    void what_is_not_whole_and_what_is_another_model_is_not_activated() throws IOException {
        String nowhere = "0".repeat(64);
        String other = new BundleBucket(store).push(MODELS.resolve("sr-x2-s"));
        byte[] json = "{\"format\":\"flexir-bundle/1\"}".getBytes(UTF_8);
        store.put("bundles/" + "1".repeat(64) + "/manifest.json", json);

        assertRefused(nowhere, "is not in the bucket");
        assertRefused(other, "is named sr-x2-s");
        assertRefused("1".repeat(64), "not a manifest");
        assertRefused("../../etc/passwd", "64 lower-case hexadecimal digits");
        assertThatThrownBy(() -> client.activateBundle(MODEL, second, 1.5))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("at most 1");
        assertThatThrownBy(() -> client.activateBundle("no-such-model", second, 0.5))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("There is no model no-such-model");
        assertThat(new BundleBucket(store).list())
                .filteredOn(bundle -> bundle.problem() != null)
                .extracting(StoredBundle::digest)
                .containsExactly("1".repeat(64));
    }

    private void assertRefused(String digest, String why) {
        assertThatThrownBy(() -> client.activateBundle(MODEL, digest, 0.5))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining(why);
    }

    private List<Job> submit(byte[] photo, int count) {
        return Stream.generate(
                        () ->
                                client.submit(
                                        Submission.of(
                                                client.input(photo), MODEL, new Depth.Fixed(2))))
                .limit(count)
                .toList();
    }

    private List<Job> ended(List<Job> jobs) {
        await().atMost(PATIENCE)
                .until(() -> jobs.stream().allMatch(job -> client.get(job.id()).state().isFinal()));
        return jobs.stream().map(job -> client.get(job.id())).toList();
    }

    private static String digest(Job job) {
        return job.receipt().modelDigest();
    }

    private Model model() {
        return client.models().stream()
                .filter(model -> model.name().equals(MODEL))
                .findFirst()
                .orElseThrow();
    }

    private Path secondVersion() throws IOException {
        return version("2.0.0");
    }

    /** The shipped model under another version, which has another digest. */
    private Path version(String version) throws IOException {
        Path copy = Files.createDirectories(directory.resolve("version-" + version));
        try (Stream<Path> files = Files.list(MODELS.resolve(MODEL))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".onnx")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        String manifest = Files.readString(MODELS.resolve(MODEL).resolve("manifest.json"));
        Files.writeString(
                copy.resolve("manifest.json"),
                manifest.replaceFirst(
                        "\"version\": \"[^\"]*\"", "\"version\": \"" + version + "\""));
        return copy;
    }

    private SchedulerConfig schedulerConfig() {
        return configs.scheduler(0, new BudgetPolicy.Load(600), ScalingConfig.DEFAULT);
    }

    private void startScheduler() {
        scheduler = Scheduler.start(schedulerConfig());
        await().atMost(PATIENCE).until(scheduler::ready);
        client =
                new FleetClient(
                        URI.create("http://127.0.0.1:" + scheduler.port()),
                        Optional.of(infrastructure.key()));
    }

    /** With a cache of its own: what it holds it has fetched itself. */
    private Worker startWorker(String id) {
        WorkerConfig usual = configs.worker(id, 1, 1);
        ComputeSettings compute = usual.compute();
        Worker worker =
                Worker.start(
                        new WorkerConfig(
                                usual.workerId(),
                                usual.pool(),
                                usual.kafka(),
                                usual.store(),
                                new ComputeSettings(
                                        compute.bundles(),
                                        new BundleCacheSettings(
                                                directory.resolve("cache-" + id), 1L << 30),
                                        compute.device(),
                                        compute.deviceMemoryBytes(),
                                        compute.slots(),
                                        compute.threads(),
                                        compute.wattsPerBusyThread()),
                                usual.images(),
                                usual.timing(),
                                usual.management()));
        await().atMost(PATIENCE).until(worker::isReady);
        return worker;
    }
}
