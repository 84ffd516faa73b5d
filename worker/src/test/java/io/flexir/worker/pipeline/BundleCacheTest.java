package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.contracts.bundle.BundleKeys;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What comes from the bucket is trusted in nothing but its digest. */
class BundleCacheTest {
    private static final Path MODEL = Path.of("..", "ops", "models", "denoise-color-25-s");
    private static final Path OTHER = Path.of("..", "ops", "models", "denoise-color-blind-s");

    @TempDir private Path directory;

    private final ScriptedStore store = new ScriptedStore();
    private Path root;
    private String digest;

    @BeforeEach
    void putOneThere() throws IOException {
        root = directory.resolve("cache");
        digest = put(MODEL, manifest -> {});
    }

    @Test
    void a_whole_bundle_is_fetched_once() {
        assertThat(cache().fetch(digest)).isEqualTo(new BundleFetch.Here());
        store.objects.clear();

        assertThat(cache().fetch(digest)).isEqualTo(new BundleFetch.Here());
        assertThat(new BundleReader().read(root.resolve(digest)))
                .isInstanceOf(BundleReading.Accepted.class);
        assertThat(names()).containsExactly(digest);
    }

    @Test
    void while_the_store_is_away_it_is_worth_another_try() {
        store.outages = 1;

        assertThat(cache().fetch(digest)).isInstanceOf(BundleFetch.Unavailable.class);
        assertThat(cache().fetch(digest)).isEqualTo(new BundleFetch.Here());
    }

    @Test
    void one_that_is_not_there_is_refused_by_its_name() {
        String other = "0".repeat(64);

        assertThat(refusal(other))
                .isEqualTo("bundles/" + other + "/manifest.json is not in the bucket flexir");
    }

    @Test
    void a_manifest_that_is_not_what_its_name_says_is_refused() {
        String other = "0".repeat(64);
        store.objects.put(
                BundleKeys.manifest(other), store.objects.get(BundleKeys.manifest(digest)));

        assertThat(refusal(other)).contains("/manifest.json has sha256 " + digest);
    }

    @Test
    void what_is_no_manifest_is_refused() throws IOException {
        String named = put(MODEL, manifest -> manifest.put("format", "flexir-bundle/9"));
        byte[] noise = {1, 2, 3};
        String noisy = BundleReader.digestOf(noise);
        store.objects.put(BundleKeys.manifest(noisy), noise);

        assertThat(refusal(named)).contains("manifest.json: ", "must be flexir-bundle/1");
        assertThat(refusal(noisy)).contains("manifest.json: ");
    }

    @Test
    void a_manifest_of_more_than_a_mebibyte_is_refused() {
        byte[] json = new byte[BundleKeys.MAX_MANIFEST_BYTES + 1];
        String named = BundleReader.digestOf(json);
        store.objects.put(BundleKeys.manifest(named), json);

        assertThat(refusal(named)).contains("1048577 bytes or more");
    }

    @Test
    void a_missing_graph_is_refused() {
        store.objects.remove(BundleKeys.file(digest, "stage-3.onnx"));

        assertThat(refusal(digest)).contains("/stage-3.onnx is not in the bucket");
    }

    @Test
    void a_damaged_graph_is_refused() {
        byte[] graph = store.objects.get(BundleKeys.file(digest, "stage-3.onnx"));
        byte[] damaged = graph.clone();
        damaged[damaged.length / 2]++;
        store.objects.put(BundleKeys.file(digest, "stage-3.onnx"), damaged);

        assertThat(refusal(digest)).contains("bundles/" + digest, "stage-3.onnx has sha256");
    }

    @Test
    void a_graph_that_is_longer_or_shorter_than_the_manifest_says_is_refused() {
        String key = BundleKeys.file(digest, "stem.onnx");
        byte[] graph = store.objects.get(key);

        store.objects.put(key, Arrays.copyOf(graph, graph.length + 1));
        assertThat(refusal(digest)).contains("/stem.onnx has " + (graph.length + 1));

        store.objects.put(key, Arrays.copyOf(graph, graph.length - 1));
        assertThat(refusal(digest)).contains("stem.onnx has " + (graph.length - 1));
    }

    @Test
    void a_graph_with_a_path_for_a_name_is_refused_before_anything_is_written() throws IOException {
        for (String hostile :
                List.of("../../evil.onnx", "/tmp/evil.onnx", "a/b.onnx", "..", "a\\b")) {
            String named =
                    put(
                            MODEL,
                            manifest -> ((ObjectNode) manifest.get("stem")).put("file", hostile));

            assertThat(refusal(named)).contains("stem.file", "letters, digits");
        }
        assertThat(directory.resolve("evil.onnx")).doesNotExist();
    }

    @Test
    void a_bundle_that_is_larger_than_the_cache_is_refused_before_it_is_fetched() {
        BundleCache small = new BundleCache(store, "flexir", root, 1 << 20);

        assertThat(small.fetch(digest))
                .isInstanceOfSatisfying(
                        BundleFetch.Refused.class,
                        refused -> assertThat(refused.reason()).contains("at most 1048576"));
    }

    @Test
    void a_graph_that_claims_more_than_memory_holds_is_refused_before_it_is_fetched()
            throws IOException {
        String named =
                put(MODEL, manifest -> ((ObjectNode) manifest.get("stem")).put("bytes", 1L << 33));

        assertThat(refusal(named)).contains("stem.onnx has 8589934592 bytes; at most");
    }

    @Test
    void the_bundle_that_was_used_longest_ago_goes_when_room_is_needed() throws IOException {
        String other = put(OTHER, manifest -> {});
        BundleCache small = new BundleCache(store, "flexir", root, 3 << 20);
        small.fetch(digest);
        Files.setLastModifiedTime(
                root.resolve(digest), FileTime.from(Instant.now().minusSeconds(60)));

        assertThat(small.fetch(other)).isEqualTo(new BundleFetch.Here());

        assertThat(names()).containsExactly(other);
    }

    @Test
    void a_bundle_that_a_job_needs_is_used_now_although_it_was_fetched_long_ago()
            throws IOException {
        BundleCatalog catalog = new BundleCatalog(directory.resolve("models"), cache());
        catalog.provide(digest);
        FileTime longAgo = FileTime.from(Instant.now().minusSeconds(3600));
        Files.setLastModifiedTime(root.resolve(digest), longAgo);

        catalog.provide(digest);

        assertThat(Files.getLastModifiedTime(root.resolve(digest))).isGreaterThan(longAgo);
    }

    @Test
    void what_somebody_died_over_is_cleared_away_and_what_another_fills_is_not()
            throws IOException {
        Path abandoned = Files.createDirectories(root.resolve(".fetching-old"));
        Files.write(abandoned.resolve("stem.onnx"), new byte[10]);
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minusSeconds(7200)));
        Path another = Files.createDirectories(root.resolve(".fetching-new"));

        cache().fetch(digest);

        assertThat(abandoned).doesNotExist();
        assertThat(another).exists();
    }

    @Test
    void a_catalogue_provides_what_it_has_and_what_the_bucket_has() throws IOException {
        Path models = Files.createDirectories(directory.resolve("models"));
        BundleCatalog catalog = new BundleCatalog(models, cache());
        assertThat(catalog.held()).isEmpty();

        assertThat(catalog.provide(digest)).isEqualTo(new BundleFetch.Here());

        assertThat(catalog.held()).containsExactly(digest);
        assertThat(catalog.provide("0".repeat(64))).isInstanceOf(BundleFetch.Refused.class);
    }

    @Test
    void what_somebody_died_over_under_its_own_name_is_fetched_anew() throws IOException {
        for (String file : List.of("stem.onnx", BundleKeys.MANIFEST)) {
            cache().fetch(digest);
            Files.delete(root.resolve(digest).resolve(file));

            assertThat(cache().fetch(digest)).isEqualTo(new BundleFetch.Here());

            assertThat(new BundleReader().read(root.resolve(digest)))
                    .isInstanceOf(BundleReading.Accepted.class);
            assertThat(names()).containsExactly(digest);
        }
    }

    @Test
    void a_catalogue_provides_what_was_found_damaged_in_the_cache() throws IOException {
        cache().fetch(digest);
        Files.write(root.resolve(digest).resolve("stem.onnx"), new byte[] {1, 2, 3});
        Path models = Files.createDirectories(directory.resolve("models"));
        BundleCatalog catalog = new BundleCatalog(models, cache());
        assertThat(catalog.find(digest)).isInstanceOf(BundleReading.Refused.class);

        assertThat(catalog.provide(digest)).isEqualTo(new BundleFetch.Here());

        assertThat(catalog.held()).containsExactly(digest);
    }

    private BundleCache cache() {
        return new BundleCache(store, "flexir", root, 1 << 30);
    }

    private String refusal(String wanted) {
        BundleFetch fetch = cache().fetch(wanted);
        assertThat(fetch).isInstanceOf(BundleFetch.Refused.class);
        assertThat(names()).doesNotContain(wanted).allMatch(name -> !name.startsWith(".fetching"));
        return ((BundleFetch.Refused) fetch).reason();
    }

    private List<String> names() {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns its digest. */
    private String put(Path model, Consumer<ObjectNode> change) throws IOException {
        return ChangedModel.into(store, model, change);
    }
}
