package io.flexir.worker.restore.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

class BundleReaderTest {
    private static final Path SHIPPED = Path.of("..", "ops", "models", "denoise-color-25-s");

    @TempDir Path directory;

    @BeforeEach
    void copy_the_shipped_bundle() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void the_shipped_bundle_is_accepted_and_its_digest_is_the_manifests() throws IOException {
        BundleReading reading = new BundleReader().read(directory);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        BundleReading.Accepted.class,
                        accepted -> {
                            assertThat(accepted.bundle().manifest().name())
                                    .isEqualTo("denoise-color-25-s");
                            assertThat(accepted.bundle().digest()).matches("[0-9a-f]{64}");
                        });
    }

    @Test
    void a_bundle_is_found_by_its_digest() throws IOException {
        String digest = bundle().digest();
        BundleDirectory bundles = new BundleDirectory(directory.getParent());

        assertThat(bundles.digests())
                .containsEntry(digest, directory)
                .doesNotContainKey("0".repeat(64));
    }

    @Test
    void a_directory_without_manifest_is_refused() {
        assertThat(reason(directory.resolve("nowhere")))
                .isEqualTo("bundle nowhere is refused: manifest.json is missing");
    }

    @Test
    void a_changed_byte_in_a_graph_is_refused() throws IOException {
        Path graph = directory.resolve("stage-3.onnx");
        byte[] bytes = Files.readAllBytes(graph);
        bytes[bytes.length / 2] ^= 1;
        Files.write(graph, bytes);

        assertThat(reason(directory)).contains("stage-3.onnx has sha256");
    }

    @Test
    void a_missing_graph_is_refused() throws IOException {
        Files.delete(directory.resolve("branch-2.onnx"));

        assertThat(reason(directory)).endsWith("branch-2.onnx is missing");
    }

    @Test
    void a_graph_that_was_cut_short_is_refused() throws IOException {
        Path graph = directory.resolve("stem.onnx");
        Files.write(graph, Arrays.copyOf(Files.readAllBytes(graph), 100));

        assertThat(reason(directory)).contains("stem.onnx has 100 bytes, the manifest says");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenManifests")
    void a_manifest_that_does_not_hold_together_is_refused_by_field(
            String sentence, Consumer<ObjectNode> breaking) throws IOException {
        JsonMapper mapper = new JsonMapper();
        Path file = directory.resolve(BundleReader.MANIFEST);
        ObjectNode manifest = (ObjectNode) mapper.readTree(file.toFile());
        breaking.accept(manifest);
        mapper.writeValue(file.toFile(), manifest);

        assertThat(reason(directory)).contains(sentence);
    }

    static Stream<Arguments> brokenManifests() {
        return Stream.of(
                broken(
                        "format must be flexir-bundle/1",
                        manifest -> manifest.put("format", "flexir-bundle/9")),
                broken("layout must be staged", manifest -> manifest.put("layout", "fused")),
                broken("depths must have n = 5", manifest -> manifest.put("n", 5)),
                broken(
                        "stages must have n",
                        manifest -> ((ArrayNode) manifest.get("stages")).remove(0)),
                broken("grid must be window * unshuffle", manifest -> manifest.put("grid", 8)),
                broken("channels must be 1 or 3", manifest -> manifest.put("channels", 2)),
                broken(
                        "region must lie on the grid",
                        manifest -> region(manifest).put("size", 100)),
                broken("region: region size must be", manifest -> region(manifest).put("size", 16)),
                broken(
                        "exitPoints must ascend",
                        manifest -> manifest.putArray("exitPoints").add(4).add(2)),
                broken(
                        "valueRange must be [0, 1]",
                        manifest -> manifest.putArray("valueRange").add(0).add(255)),
                broken(
                        "tensors.image and the other names must differ",
                        manifest ->
                                ((ObjectNode) manifest.get("tensors"))
                                        .put("embedding", "features")),
                broken("stem is missing", manifest -> manifest.remove("stem")),
                broken(
                        "stem.sha256",
                        manifest -> ((ObjectNode) manifest.get("stem")).put("sha256", "abc")),
                broken(
                        "stem.file",
                        manifest ->
                                ((ObjectNode) manifest.get("stem")).put("file", "../stem.onnx")));
    }

    @Test
    void a_manifest_that_is_null_is_refused() throws IOException {
        Files.writeString(directory.resolve(BundleReader.MANIFEST), "null");

        assertThat(reason(directory)).contains("manifest.json: the value: is null");
    }

    private static Arguments broken(String sentence, Consumer<ObjectNode> breaking) {
        return Arguments.of(sentence, breaking);
    }

    private static ObjectNode region(ObjectNode manifest) {
        return (ObjectNode) manifest.get("region");
    }

    private Bundle bundle() {
        return switch (new BundleReader().read(directory)) {
            case BundleReading.Accepted(Bundle bundle) -> bundle;
            case BundleReading.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    private static String reason(Path directory) {
        return switch (new BundleReader().read(directory)) {
            case BundleReading.Accepted accepted ->
                    throw new AssertionError("accepted " + accepted.bundle().digest());
            case BundleReading.Refused(String reason) -> reason;
        };
    }
}
