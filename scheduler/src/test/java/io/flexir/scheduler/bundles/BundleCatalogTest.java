package io.flexir.scheduler.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flexir.contracts.wire.MessageCodec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class BundleCatalogTest {
    @TempDir private Path directory;

    @Test
    void a_bundle_is_pinned_by_the_digest_of_its_manifests_bytes() throws IOException {
        byte[] bytes = new MessageCodec().encode(Manifests.manifest("sharp", 6));
        write("sharp", bytes);

        Bundle bundle = BundleCatalog.read(directory).find("sharp").orElseThrow();

        assertThat(bundle.digest()).matches("[0-9a-f]{64}");
        assertThat(bundle.n()).isEqualTo(6);
        assertThat(bundle.macsPerPixel(6)).isEqualTo(8 * Manifests.GRAPH_MACS);
    }

    @Test
    void the_bundles_that_ship_are_read() {
        BundleCatalog catalog = BundleCatalog.read(Path.of("../ops/models"));

        assertThat(catalog.names()).contains("denoise-color-25-s");
    }

    @Test
    void an_empty_directory_is_refused() {
        assertThatExceptionOfType(InvalidBundleException.class)
                .isThrownBy(() -> BundleCatalog.read(directory))
                .withMessageContaining("manifest.json");
    }

    @Test
    void a_directory_that_is_not_there_is_refused_with_its_path() {
        Path nowhere = directory.resolve("nowhere");

        assertThatExceptionOfType(InvalidBundleException.class)
                .isThrownBy(() -> BundleCatalog.read(nowhere))
                .withMessageContaining(nowhere.toString());
    }

    @Test
    void a_file_that_is_no_manifest_is_refused_with_its_path_and_the_field() throws IOException {
        String manifest =
                new String(
                        new MessageCodec().encode(Manifests.manifest("odd", 6)),
                        StandardCharsets.UTF_8);
        write("odd", manifest.replace("bundle/1", "bundle/9").getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(InvalidBundleException.class)
                .isThrownBy(() -> BundleCatalog.read(directory))
                .withMessageContaining("odd")
                .withMessageContaining("format");
    }

    @Test
    void two_bundles_of_one_name_are_refused() throws IOException {
        byte[] bytes = new MessageCodec().encode(Manifests.manifest("twin", 6));
        write("one", bytes);
        write("other", bytes);

        assertThatExceptionOfType(InvalidBundleException.class)
                .isThrownBy(() -> BundleCatalog.read(directory))
                .withMessageContaining("twin");
    }

    private void write(String name, byte[] manifest) throws IOException {
        Files.createDirectories(directory.resolve(name));
        Files.write(directory.resolve(name).resolve("manifest.json"), manifest);
    }
}
