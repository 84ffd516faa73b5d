package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class BundleCatalogTest {
    private static final Path MODEL = Path.of("..", "ops", "models", "denoise-color-25-s");

    @TempDir private Path root;
    @TempDir private Path cache;

    @Test
    void a_whole_bundle_is_usable() throws IOException {
        copyModel();

        assertThat(catalog(root).hasUsable()).isTrue();
    }

    @Test
    void a_bundle_with_a_damaged_graph_is_not() throws IOException {
        Path graph = copyModel().resolve("stage-1.onnx");
        Files.write(graph, new byte[] {1, 2, 3});

        assertThat(catalog(root).hasUsable()).isFalse();
    }

    @Test
    void a_bundle_that_was_taken_away_is_not_usable_any_longer() throws IOException {
        Path model = copyModel();
        BundleCatalog catalog = catalog(root);
        boolean before = catalog.hasUsable();

        Files.delete(model.resolve("manifest.json"));

        assertThat(before).isTrue();
        assertThat(catalog.hasUsable()).isFalse();
    }

    @Test
    void what_lies_under_the_digest_of_another_is_refused() throws IOException {
        String pinned = "ab".repeat(32);
        Path cached = Files.createDirectories(cache.resolve(pinned));
        copyModel(cached);

        assertThat(catalog(root).find(pinned))
                .isInstanceOfSatisfying(
                        BundleReading.Refused.class,
                        refused -> assertThat(refused.reason()).contains("not " + pinned));
    }

    @Test
    void an_empty_directory_and_none_at_all_hold_nothing() {
        assertThat(catalog(root).hasUsable()).isFalse();
        assertThat(catalog(root.resolve("missing")).hasUsable()).isFalse();
    }

    @Test
    void what_the_bucket_has_given_is_usable_where_there_is_no_directory() throws IOException {
        String digest =
                BundleReader.digestOf(Files.readAllBytes(MODEL.resolve(BundleReader.MANIFEST)));
        copyModel(Files.createDirectories(cache.resolve(digest)));
        BundleCatalog catalog = catalog(root.resolve("missing"));

        assertThat(catalog.provide(digest)).isEqualTo(new BundleFetch.Here());

        assertThat(catalog.hasUsable()).isTrue();
    }

    private BundleCatalog catalog(Path directory) {
        return new BundleCatalog(
                directory, new BundleCache(new ScriptedStore(), "flexir", cache, 1 << 30));
    }

    private Path copyModel() throws IOException {
        return copyModel(Files.createDirectory(root.resolve("model")));
    }

    private static Path copyModel(Path target) throws IOException {
        try (Stream<Path> files = Files.list(MODEL)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }
}
