package io.flexir.ops.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class ImageWriterTest {
    @TempDir private Path directory;

    @Test
    void equal_trees_give_equal_bytes() throws Exception {
        Path first = image("first", "code");
        Path second = image("second", "code");

        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void new_code_of_ours_replaces_the_last_layer_alone() throws Exception {
        List<String> before = layers(image("before", "code"), "before");
        List<String> after = layers(image("after", "better code"), "after");

        assertThat(after).hasSameSizeAs(before).hasSize(3);
        assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(after.getLast()).isNotEqualTo(before.getLast());
    }

    @Test
    void an_image_says_who_it_runs_as_what_it_starts_and_where_it_listens() throws Exception {
        UnpackedImage image = UnpackedImage.of(image("said", "code"), directory.resolve("said-un"));

        assertThat(image.user()).isEqualTo("65532:65532");
        assertThat(image.entryPoint())
                .containsExactly(
                        "/opt/java/bin/java", "@/app/conf/java.args", "io.flexir.worker.Main");
        assertThat(image.configuration().at("/config/ExposedPorts").has("9465/tcp")).isTrue();
        assertThat(image.environment())
                .containsEntry("FLEXIR_BUNDLES", "/app/models")
                .containsEntry("MALLOC_ARENA_MAX", "1");
        assertThat(
                        Files.getLastModifiedTime(image.root().resolve("app/lib/flexir/flexir.jar"))
                                .toInstant())
                .isEqualTo(Instant.ofEpochSecond(1));
    }

    private Path image(String name, String code) throws IOException, InterruptedException {
        ImageTree tree = new ImageTree(directory.resolve(name));
        put(tree, "/opt/java/bin/java", "java");
        put(tree, "/app/lib/library.jar", "library");
        put(tree, "/app/lib/flexir/flexir.jar", code);
        Path tar = directory.resolve(name + ".tar");
        new ImageWriter(directory.resolve("cache-" + name), "1.0", Instant.EPOCH)
                .write(ImageKind.WORKER_CPU, tree, Optional.empty(), tar);
        return tar;
    }

    private List<String> layers(Path tar, String name) throws IOException {
        return List.copyOf(
                UnpackedImage.of(tar, directory.resolve(name + "-unpacked")).layers().keySet());
    }

    private static void put(ImageTree tree, String path, String content) throws IOException {
        Files.createDirectories(tree.at(path).getParent());
        Files.writeString(tree.at(path), content);
    }
}
