package io.flexir.worker.restore.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;

class ModelSessionsTest {
    private static final Path SHIPPED = Path.of("..", "ops", "models", "denoise-color-25-s");
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir Path directory;

    private final ModelSessions sessions = new ModelSessions(new RuntimeSettings(2, 1, false, 1));

    @AfterEach
    void close_sessions() {
        sessions.close();
    }

    @Test
    void a_model_is_loaded_once_and_its_speed_is_known() throws Exception {
        Bundle bundle = copy("1.0.0");

        try (ModelLease first = lease(bundle);
                ModelLease second = lease(bundle)) {
            assertThat(second.model()).isSameAs(first.model());
            assertThat(sessions.loaded())
                    .singleElement()
                    .satisfies(
                            loaded -> {
                                assertThat(loaded.digest()).isEqualTo(bundle.digest());
                                assertThat(loaded.gigaMacsPerSecond()).isPositive();
                            });
        }
    }

    @Test
    void jobs_side_by_side_have_graphs_of_one_thread_each_whose_speed_is_told() throws Exception {
        try (ModelLease lease = lease(copy("1.0.0"));
                JobRun one = job(lease.model())) {
            Graphs alone = one.graphs();
            double fast = lease.model().gigaMacsPerSecond();
            try (JobRun other = job(lease.model())) {
                assertThat(one.graphs()).isNotSameAs(alone).isSameAs(other.graphs());
                assertThat(lease.model().gigaMacsPerSecond()).isPositive().isNotEqualTo(fast);
            }
            assertThat(one.graphs()).isSameAs(alone);
            assertThat(lease.model().gigaMacsPerSecond()).isEqualTo(fast);
        }
    }

    private static JobRun job(StagedModel model) {
        return new JobRun(model, new Cancellation(), System::nanoTime);
    }

    @Test
    void a_model_in_use_stays_and_an_idle_one_beyond_the_bound_is_closed() throws Exception {
        Bundle old = copy("1.0.0");
        Bundle fresh = copy("2.0.0");
        ModelLease inUse = lease(old);

        lease(fresh).close();

        assertThat(sessions.loaded()).extracting(LoadedModel::digest).containsExactly(old.digest());

        inUse.close();
        lease(fresh).close();

        assertThat(sessions.loaded())
                .extracting(LoadedModel::digest)
                .containsExactly(fresh.digest());
        assertThatIllegalStateException().isThrownBy(inUse::model);
    }

    @Test
    void a_graph_with_other_inputs_than_its_place_needs_is_refused() throws Exception {
        Bundle bundle = with("stage-1.onnx", Files.readAllBytes(SHIPPED.resolve("branch-1.onnx")));

        assertThat(refusal(bundle))
                .contains(
                        "stage-1.onnx has inputs [embedding, features, image], must have [features]");
    }

    @Test
    void a_file_that_is_no_graph_is_refused() throws Exception {
        Bundle bundle = with("stem.onnx", new byte[] {1, 2, 3});

        assertThat(refusal(bundle)).contains("stem.onnx is no graph that can be run");
        assertThat(sessions.loaded()).isEmpty();
    }

    @Test
    void a_bundle_that_cannot_be_loaded_for_a_reason_that_nobody_thought_of_is_refused()
            throws Exception {
        Bundle bundle = copy("1.0.0");
        try (ModelSessions odd =
                new ModelSessions(
                        new RuntimeSettings(2, 1, false, 1),
                        _ -> {
                            throw new IllegalStateException("odd");
                        })) {
            assertThat(odd.acquire(bundle))
                    .isInstanceOfSatisfying(
                            Acquisition.Refused.class,
                            refused -> assertThat(refused.reason()).contains("refused", "odd"));
        }
    }

    private ModelLease lease(Bundle bundle) {
        return switch (sessions.acquire(bundle)) {
            case Acquisition.Ready(ModelLease lease) -> lease;
            case Acquisition.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    private String refusal(Bundle bundle) {
        return switch (sessions.acquire(bundle)) {
            case Acquisition.Ready _ -> throw new AssertionError("loaded");
            case Acquisition.Refused(String reason) -> reason;
        };
    }

    private Bundle copy(String version) throws IOException {
        Path target = Files.createDirectory(directory.resolve(version));
        try (Stream<Path> files = Files.list(SHIPPED)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        Path manifest = target.resolve(BundleReader.MANIFEST);
        ObjectNode json = (ObjectNode) MAPPER.readTree(manifest.toFile());
        MAPPER.writeValue(manifest.toFile(), json.put("version", version));
        return read(target);
    }

    /** A bundle in which a graph is another one, and the manifest says so. */
    private Bundle with(String graph, byte[] bytes) throws Exception {
        Path target = copy("3.0.0").directory();
        Files.write(target.resolve(graph), bytes);
        Path manifest = target.resolve(BundleReader.MANIFEST);
        ObjectNode json = (ObjectNode) MAPPER.readTree(manifest.toFile());
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Stream.concat(Stream.of(json.get("stem")), json.get("stages").valueStream())
                .filter(entry -> entry.get("file").asText().equals(graph))
                .forEach(
                        entry ->
                                ((ObjectNode) entry)
                                        .put("sha256", digest)
                                        .put("bytes", bytes.length));
        MAPPER.writeValue(manifest.toFile(), json);
        return read(target);
    }

    private static Bundle read(Path directory) {
        return switch (new BundleReader().read(directory)) {
            case BundleReading.Accepted(Bundle bundle) -> bundle;
            case BundleReading.Refused(String reason) -> throw new AssertionError(reason);
        };
    }
}
