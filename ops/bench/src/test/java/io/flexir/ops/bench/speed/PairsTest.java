package io.flexir.ops.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexir.ops.local.CannotStart;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What is made of measured times; and a Python played by a script. */
class PairsTest {

    private static final Path BUNDLE = Path.of("models", "small");

    @TempDir private Path directory;

    @Test
    void json_has_the_fields_that_scripts_read() {
        assertThat(PairsJson.of(List.of(measured(6, 0.5, 50, null))))
                .isEqualTo(
                        "{\"pairs\":[{\"bundle\":\"small\",\"size\":512,\"pointer\":6,\"imagesPerSecond\":2.0,"
                                + "\"pytorchImagesPerSecond\":1.0,\"ratio\":2.0,\"gmacsPerSecond\":100.0,\"sgemmGmacsPerSecond\":125.0}]}");
    }

    @Test
    void the_table_says_what_share_of_peak_and_of_the_deepest_runs_time_a_point_takes() {
        List<String> lines =
                PairsTable.lines(List.of(measured(1, 0.15, 10, null), measured(6, 0.5, 50, 0.4)));

        assertThat(lines.get(3)).contains("small", "512", "2.00", "100.0", "torch", "80%");
        assertThat(lines.subList(4, lines.size()))
                .containsExactly(
                        "small at 512: P=1 has 20.0% of the GMACs of P=6 and takes 30.0% of its time, 1.50 times its share",
                        "small at 512, P=6: the engine takes 500.0 ms, one fused graph 400.0 ms: a tax of 25.0%");
    }

    @Test
    void a_median_is_not_moved_by_one_slow_round() {
        assertThat(Median.of(List.of(3.0, 1.0, 100.0, 2.0, 2.5))).isEqualTo(2.5);
        assertThat(Median.of(List.of(4.0, 1.0))).isEqualTo(2.5);
    }

    @Test
    void says_how_to_get_a_python_that_is_missing() {
        assertThatThrownBy(() -> PyTorch.start(directory.resolve("python"), directory, 1, "cpu"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("there is no Python at")
                .hasMessageContaining("run-tests --setup-only");
    }

    @Test
    void says_what_python_last_complained_of() throws IOException {
        Path python = played("echo \"No module named 'torch'\" >&2");

        try (PyTorch pytorch = PyTorch.start(python, directory, 1, "cpu")) {
            assertThatThrownBy(pytorch::product)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("No module named 'torch'");
        }
    }

    @Test
    void takes_the_faster_of_the_matrix_products() throws IOException {
        Path python =
                played("read line; echo '{\"torch\": 90.0, \"onnxruntime\": 95.5}'; read line");

        try (PyTorch pytorch = PyTorch.start(python, directory, 1, "cpu")) {
            assertThat(pytorch.product()).isEqualTo(new Product("onnxruntime", 95.5));
        }
    }

    private Path played(String script) throws IOException {
        Path python = Files.writeString(directory.resolve("python"), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Measured measured(
            int pointer, double seconds, double gigaMacs, @Nullable Double fused) {
        return new Measured(
                "small",
                new Point(BUNDLE, 512, pointer),
                seconds,
                gigaMacs,
                1,
                new Way(Attention.SDPA, Way.Processes.ONE),
                new Product("torch", 125),
                fused);
    }
}
