package io.flexir.ops.local.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.audit.CommittedRecords;
import io.flexir.ops.local.client.ApiKey;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.process.ChildProcess;
import io.flexir.ops.local.process.Role;
import io.flexir.scheduler.Scheduler;
import io.flexir.scheduler.config.HttpConfig;
import io.flexir.scheduler.config.JobsConfig;
import io.flexir.scheduler.config.KafkaConfig;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.config.SchedulerConfig;
import io.flexir.scheduler.config.StoreConfig;
import io.flexir.scheduler.jobs.TopicsNotReadyException;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.Secret;
import io.flexir.scheduler.storage.StorageException;
import io.flexir.scheduler.storage.StorageSettings;
import io.flexir.worker.config.StoreSettings;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.S3ObjectStore;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fleet whose every connection is over TLS, with secrets in files: scheduler and worker as
 * processes of their own that log all that they can.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@Isolated("sets a system property for processes")
class SecureFleetTest {
    private static final Path MODELS = Path.of("..", "models");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String LOGGING = "logback.configurationFile";
    private static final String API_KEY = "planted-api-key";

    @TempDir private static Path directory;
    private SecureServers servers;
    private Path strangers;

    @BeforeAll
    void start() throws Exception {
        servers = new SecureServers(directory);
        strangers = new Certificates(directory.resolve("strangers")).authority;
    }

    @AfterAll
    void stop() throws Exception {
        servers.stop();
    }

    @Test
    void a_job_is_done_over_tls_alone_and_no_log_shows_a_secret() throws Exception {
        int port = Ports.choose(Ports.ANY, "scheduler");
        URI address = URI.create("https://127.0.0.1:" + port);
        Path schedulerLog = directory.resolve("scheduler.log");
        Path workerLog = directory.resolve("worker.log");
        ChildProcess scheduler =
                verbosely(Role.SCHEDULER, schedulerEnvironment(port), schedulerLog);
        ChildProcess worker = verbosely(Role.WORKER, environment(), workerLog);
        try (FleetClient client = client(address, servers.certificates.authority);
                FleetClient stranger = client(address, strangers)) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(FleetException.class)
                    .until(() -> client.readyWorkers() == 1);

            // By a presigned address at https, as what is too large to be sent inline.
            byte[] photo = Files.readAllBytes(Path.of("..", "samples", "dog.png"));
            ObjectReference input = client.upload(photo);
            Job job =
                    ended(
                            client,
                            client.submit(
                                    Submission.of(
                                            Submission.Input.stored(input),
                                            "denoise-color-25-s",
                                            new Depth.Fixed(1))));

            assertThat(job.state().name()).isEqualTo("SUCCEEDED");
            assertThat(client.result(job.id())).isNotEmpty();
            assertThatExceptionOfType(FleetException.class)
                    .isThrownBy(stranger::readyWorkers)
                    .withMessageContaining("valid certification path");
        } finally {
            end(worker);
            end(scheduler);
        }
        for (Path log : List.of(schedulerLog, workerLog)) {
            assertThat(Files.readString(log))
                    .contains("security.protocol = SASL_SSL", "sasl.jaas.config = [hidden]")
                    .doesNotContain("planted")
                    .doesNotContain(keyMaterial())
                    .doesNotContain("X-Amz-Signature=");
        }
    }

    @Test
    void a_wrong_password_is_refused_in_words() {
        assertThatExceptionOfType(TopicsNotReadyException.class)
                .isThrownBy(() -> startScheduler(secure("wrong", servers.certificates.authority)))
                .withMessageContaining("do not accept each other")
                .withMessageContaining("Authentication failed")
                .withMessageNotContaining("planted");
    }

    @Test
    void a_broker_of_another_authority_is_refused_in_words() {
        assertThatExceptionOfType(TopicsNotReadyException.class)
                .isThrownBy(() -> startScheduler(secure(SecureServers.PASSWORD, strangers)))
                .withMessageContaining("do not accept each other")
                .withMessageContaining("SSL handshake failed");
    }

    @Test
    void in_clear_the_brokers_secure_port_does_not_answer() {
        assertThatExceptionOfType(TopicsNotReadyException.class)
                .isThrownBy(
                        () ->
                                startScheduler(
                                        Map.of(
                                                "default.api.timeout.ms",
                                                "3000",
                                                "request.timeout.ms",
                                                "2000")))
                .withMessageContaining("does it ask for TLS");
    }

    @Test
    void a_worker_with_a_wrong_password_says_so_and_takes_nothing() throws Exception {
        Map<String, String> environment = new HashMap<>(environment());
        Path log = directory.resolve("refused.log");
        environment.put("FLEXIR_KAFKA_CONFIG", kafkaConfig("wrong").toString());
        ChildProcess worker = verbosely(Role.WORKER, environment, log);
        try {
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(log).contains("control topic not readable"));
        } finally {
            end(worker);
        }
        assertThat(Files.readString(log))
                .contains("Authentication failed")
                .doesNotContain("control topic read to its end");
    }

    @Test
    void commands_read_topics_over_tls() {
        List<String> keys = new ArrayList<>();

        new CommittedRecords(
                        servers.broker.secureBootstrapServers(),
                        secure(SecureServers.PASSWORD, servers.certificates.authority))
                .read("flexir.outcomes.v1", Instant.EPOCH, record -> keys.add(record.key()));

        assertThat(keys).doesNotContainNull();
    }

    @Test
    void scheduler_and_worker_trust_the_store_by_its_authority_alone() {
        ObjectReference missing = ObjectReference.latest(SecureServers.BUCKET, "uploads/none");
        try (ObjectStore trusting = schedulers(servers.certificates.authority);
                ObjectStore javas = schedulers(null);
                ObjectStore others = schedulers(strangers)) {
            assertThat(trusting.reachable()).isTrue();
            for (ObjectStore wary : List.of(javas, others)) {
                assertThat(wary.reachable()).isFalse();
                assertThatExceptionOfType(StorageException.class)
                        .isThrownBy(() -> wary.find(missing))
                        .havingRootCause()
                        .withMessageContaining("valid certification path");
            }
        }
        try (var trusting = workers(servers.certificates.authority);
                var others = workers(strangers)) {
            assertThat(trusting.fetch(missing, 1)).isInstanceOf(FetchOutcome.Missing.class);
            assertThat(others.fetch(missing, 1).toString()).contains("valid certification path");
        }
    }

    private static Job ended(FleetClient client, Job job) {
        AtomicReference<Job> last = new AtomicReference<>(job);
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            last.set(client.get(job.id()));
                            return last.get().state().isFinal();
                        });
        return last.get();
    }

    private static FleetClient client(URI address, Path authority) {
        return new FleetClient(address, Optional.of(new ApiKey(API_KEY)), Optional.of(authority));
    }

    private static ChildProcess verbosely(Role role, Map<String, String> settings, Path log) {
        String before = System.setProperty(LOGGING, "logback-verbose.xml");
        try {
            return ChildProcess.start(role, settings, log);
        } finally {
            if (before == null) {
                System.clearProperty(LOGGING);
            } else {
                System.setProperty(LOGGING, before);
            }
        }
    }

    private static void end(ChildProcess process) {
        process.terminate();
        if (!process.awaitEnd(Duration.ofSeconds(30))) {
            process.kill();
        }
    }

    /** A line of the server's key, as it lies in the file. */
    private String keyMaterial() {
        return servers.certificates.keyPem().lines().skip(1).findFirst().orElseThrow();
    }

    private Map<String, String> secure(String password, Path authority) {
        return servers.kafka(password, authority);
    }

    private Path kafkaConfig(String password) throws IOException {
        Properties properties = new Properties();
        properties.putAll(secure(password, servers.certificates.authority));
        Path file = directory.resolve("client-" + password + ".properties");
        try (var text = Files.newBufferedWriter(file)) {
            properties.store(text, null);
        }
        return file;
    }

    private Map<String, String> environment() throws IOException {
        return Map.ofEntries(
                Map.entry("FLEXIR_KAFKA", servers.broker.secureBootstrapServers()),
                Map.entry("FLEXIR_KAFKA_CONFIG", kafkaConfig(SecureServers.PASSWORD).toString()),
                Map.entry("FLEXIR_S3", servers.storeAddress().toString()),
                Map.entry("FLEXIR_S3_CA", servers.certificates.authority.toString()),
                Map.entry("FLEXIR_S3_ACCESS_KEY", SecureServers.ACCESS_KEY),
                Map.entry(
                        "FLEXIR_S3_SECRET_KEY_FILE",
                        Files.writeString(directory.resolve("s3-secret"), SecureServers.SECRET_KEY)
                                .toString()),
                Map.entry("FLEXIR_S3_BUCKET", SecureServers.BUCKET),
                Map.entry("FLEXIR_BUNDLES", MODELS.toString()),
                Map.entry("FLEXIR_MANAGEMENT_PORT", "0"),
                Map.entry("FLEXIR_HEARTBEAT_MILLIS", "500"));
    }

    private Map<String, String> schedulerEnvironment(int port) throws IOException {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("FLEXIR_PORT", Integer.toString(port));
        environment.put(
                "FLEXIR_API_KEY_FILE",
                Files.writeString(directory.resolve("api-key"), API_KEY).toString());
        environment.put("FLEXIR_TLS_CERTIFICATE", servers.certificates.certificate.toString());
        environment.put("FLEXIR_TLS_KEY", servers.certificates.key.toString());
        return environment;
    }

    private void startScheduler(Map<String, String> properties) {
        KafkaConfig usual = KafkaConfig.withDefaults(servers.broker.secureBootstrapServers());
        KafkaConfig kafka =
                new KafkaConfig(
                        usual.bootstrapServers(),
                        properties,
                        usual.routes(),
                        usual.applicationId(),
                        usual.instanceId(),
                        usual.threads(),
                        usual.stateDirectory(),
                        usual.commitInterval(),
                        usual.sessionTimeout(),
                        usual.transactionTimeout());
        StoreConfig store =
                StoreConfig.withDefaults(
                        servers.storeAddress(),
                        SecureServers.ACCESS_KEY,
                        new Secret(SecureServers.SECRET_KEY),
                        SecureServers.BUCKET);
        Scheduler.start(
                        new SchedulerConfig(
                                kafka,
                                store,
                                HttpConfig.onLoopback(),
                                JobsConfig.DEFAULT,
                                ScalingConfig.DEFAULT,
                                MODELS))
                .close();
    }

    private ObjectStore schedulers(@Nullable Path authorities) {
        return new ObjectStore(
                new StorageSettings(
                        servers.storeAddress(),
                        servers.storeAddress(),
                        "us-east-1",
                        SecureServers.ACCESS_KEY,
                        new Secret(SecureServers.SECRET_KEY),
                        SecureServers.BUCKET,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(10),
                        authorities));
    }

    private io.flexir.worker.storage.ObjectStore workers(Path authorities) {
        return new S3ObjectStore(
                new StoreSettings(
                        servers.storeAddress(),
                        "us-east-1",
                        SecureServers.ACCESS_KEY,
                        io.flexir.worker.config.Secret.of(SecureServers.SECRET_KEY),
                        SecureServers.BUCKET,
                        1 << 20,
                        authorities));
    }
}
