package io.flexir.worker.restore.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.bundle.BundleReader;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class WarmUpTest {
    private static final Path MANIFEST =
            Path.of("..", "ops", "models", "denoise-color-25-s", BundleReader.MANIFEST);

    @Test
    void a_gpu_is_warmed_by_the_engines_tile_and_by_the_region_of_adaptive_inference()
            throws IOException {
        BundleManifest manifest = new BundleReader().manifest(Files.readAllBytes(MANIFEST));
        int region = manifest.region().size() + 2 * manifest.region().halo();
        Accelerator gpu = new Accelerator.Cuda(0, 0);

        assertThat(WarmUp.sides(manifest, gpu, 640 * 640)).containsExactly(640, region);
        assertThat(WarmUp.sides(manifest, gpu, 200 * 200)).containsExactly(192, region);
    }

    @Test
    void the_processor_is_warmed_by_a_small_tile_whatever_the_engines_is() throws IOException {
        BundleManifest manifest = new BundleReader().manifest(Files.readAllBytes(MANIFEST));
        Accelerator none = new Accelerator.None();

        assertThat(WarmUp.sides(manifest, none, 640 * 640))
                .isEqualTo(WarmUp.sides(manifest, none, 200 * 200))
                .singleElement()
                .satisfies(side -> assertThat(side).isLessThanOrEqualTo(128));
    }
}
