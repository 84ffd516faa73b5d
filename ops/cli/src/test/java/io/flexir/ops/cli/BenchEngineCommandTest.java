package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** With the shipped model at a size that takes no time. */
@Timeout(300)
class BenchEngineCommandTest {

    private static final String BUNDLES = Path.of("..", "models").toString();
    private static final Path SCRIPTS = Path.of("..", "model");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void prints_one_json_object_and_nothing_else_when_asked() throws IOException {
        requirePython();

        int exitCode =
                bench("--scripts", SCRIPTS.toString(), "--size", "16", "--seconds", "0", "--json");

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).hasLineCount(1);
        JsonNode pairs = new JsonMapper().readTree(out.toString()).path("pairs");
        assertThat(pairs).hasSize(2);
        for (JsonNode pair : pairs) {
            assertThat(pair.path("ratio").asDouble())
                    .isPositive()
                    .isEqualTo(
                            pair.path("imagesPerSecond").asDouble()
                                    / pair.path("pytorchImagesPerSecond").asDouble());
            assertThat(pair.path("sgemmGmacsPerSecond").asDouble()).isPositive();
        }
        assertThat(pairs.path(1).path("pointer").asInt()).isEqualTo(6);
    }

    @Test
    void tells_what_stepping_costs_beside_a_fused_graph() {
        requirePython();

        int exitCode =
                bench(
                        "--scripts",
                        SCRIPTS.toString(),
                        "--size",
                        "16",
                        "--pointer",
                        "2",
                        "--seconds",
                        "0",
                        "--only",
                        "pairs",
                        "--fused");

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).contains("images/s", "one fused graph", "a tax of");
    }

    @Test
    void measures_under_jmh() {
        int exitCode =
                bench("--size", "16", "--pointer", "1", "--seconds", "0.01", "--only", "jmh");

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).contains("images/s", "denoise-color-25-s    16  1");
    }

    @Test
    void tells_resident_memory_over_many_images() {
        int exitCode = bench("--size", "16,32", "--pointer", "1,2", "--soak", "20");

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .hasSize(10)
                .allMatch(line -> line.matches(" *\\d+ images: \\d+ MB resident"));
    }

    @Test
    void says_how_to_get_python() {
        assertThat(bench("--scripts", "no-such-place")).isEqualTo(ExitCode.CANNOT_START);
        assertThat(err.toString()).hasLineCount(1).contains("there is no Python at no-such-place");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds 4         | --rounds must be at least 5",
                "--size 0           | --size must be at least 1",
                "--pointer 7        | --pointer must be 1 to 6",
                "--soak 5 --json    | --soak must be 0 or more",
                "--only jmh --json  | --only jmh measures none"
            })
    void ends_with_2_and_one_line_on_wrong_usage(String options, String problem) {
        assertThat(bench(options.strip().split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains(problem.strip());
    }

    private static void requirePython() {
        boolean present = Files.isExecutable(SCRIPTS.resolve(".venv/bin/python"));
        assumeTrue(present || Boolean.getBoolean("flexir.ci"), "ops/model/.venv is not set up");
    }

    private int bench(String... options) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(
                Stream.concat(
                                Stream.of("bench", "engine", "--bundles", BUNDLES),
                                Arrays.stream(options))
                        .toArray(String[]::new));
    }
}
