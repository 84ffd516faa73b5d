package io.flexir.ops.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.TopicSpec;
import io.flexir.ops.local.store.Credentials;
import io.flexir.ops.local.store.StoreSettings;
import io.flexir.worker.config.Secret;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.storage.ObjectStore.Existing;
import io.flexir.worker.storage.S3ObjectStore;
import io.flexir.worker.storage.StoreOutcome;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Broker and store as processes: killed, started again, and told to stop. */
@Timeout(240)
class NodesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path directory;

    private final List<ChildProcess> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ChildProcess::kill);
        started.forEach(process -> process.awaitEnd(PATIENCE));
    }

    @Test
    void a_broker_that_is_killed_keeps_its_topics_and_one_that_is_told_to_stop_ends() {
        int port = Ports.choose(Ports.ANY, "broker");
        Map<String, String> told =
                BrokerNode.environment(
                        directory.resolve("broker"), port, Ports.choose(Ports.ANY, "controller"));
        ChildProcess first = start(Role.BROKER, told);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            new ClusterSetup(admin).createTopics(List.of(new TopicSpec("kept", 1, Map.of())));

            first.kill();
            first.awaitEnd(PATIENCE);
            ChildProcess second = start(Role.BROKER, told);

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> admin.listTopics().names().get().contains("kept"));
            second.terminate();
            assertThat(second.awaitEnd(PATIENCE)).isTrue();
        }
    }

    @Test
    void a_store_that_is_killed_keeps_its_objects_and_one_that_is_told_to_stop_ends() {
        int port = Ports.choose(Ports.ANY, "store");
        Credentials credentials = Credentials.generate();
        Map<String, String> told =
                StoreNode.environment(directory.resolve("objects"), port, credentials);
        ChildProcess first = start(Role.STORE, told);
        try (ObjectStore store = client(port, credentials)) {
            await().atMost(PATIENCE).until(store::answers);
            ObjectReference kept = ObjectReference.latest(StoreSettings.DEFAULT_BUCKET, "kept");
            byte[] bytes = "whole".getBytes(StandardCharsets.UTF_8);
            StoreOutcome stored = store.store(kept, bytes, "text/plain", Existing.KEEP);

            first.kill();
            first.awaitEnd(PATIENCE);
            ChildProcess second = start(Role.STORE, told);
            await().atMost(PATIENCE).until(store::answers);

            assertThat(stored).isInstanceOf(StoreOutcome.Stored.class);
            assertThat(store.fetch(kept, 100))
                    .isInstanceOfSatisfying(
                            FetchOutcome.Fetched.class,
                            found -> assertThat(found.bytes()).isEqualTo(bytes));
            second.terminate();
            assertThat(second.awaitEnd(PATIENCE)).isTrue();
        }
    }

    private ChildProcess start(Role role, Map<String, String> told) {
        ChildProcess process = ChildProcess.start(role, told, directory.resolve(role + ".log"));
        started.add(process);
        return process;
    }

    private static ObjectStore client(int port, Credentials credentials) {
        return new S3ObjectStore(
                new io.flexir.worker.config.StoreSettings(
                        Ports.address(port),
                        "us-east-1",
                        credentials.accessKey(),
                        Secret.of(credentials.secretKey()),
                        StoreSettings.DEFAULT_BUCKET,
                        1 << 20));
    }
}
