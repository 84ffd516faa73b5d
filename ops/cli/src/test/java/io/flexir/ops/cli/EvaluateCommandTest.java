package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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

/** With the shipped model and one picture of 40 x 30 pixels. */
@Timeout(300)
class EvaluateCommandTest {

    private static final String BUNDLE = "denoise-color-25-s";
    private static final String BUNDLES = Path.of("..", "models").toString();

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writePicture() throws IOException {
        byte[] samples = new byte[40 * 30 * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i / 40);
        }
        Path folder = Files.createDirectories(directory.resolve("set"));
        Files.write(
                folder.resolve("ramp.png"), ImageFiles.encodePng(new RgbImage(40, 30, samples)));
    }

    @Test
    void prints_a_row_for_the_input_each_pointer_and_each_threshold() {
        assertThat(evaluate("--adaptive", "1.00,1.05")).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("(the worker's default)", "default_rng(0)", "GMACs", "PSNR", "SSIM")
                .contains("sigma 25   input", "P=1", "P=6", "h=1.00", "h=1.05");
        assertThat(err.toString()).contains("8 of 8  set/ramp.png");
    }

    @Test
    void prints_one_json_object_and_nothing_else_when_asked() throws IOException {
        assertThat(evaluate("--pointer", "1,3", "--sigma", "15,50", "--json", "-")).isZero();

        JsonNode rows = new JsonMapper().readTree(out.toString()).path("rows");
        assertThat(out.toString()).hasLineCount(1);
        assertThat(rows).hasSize(6);
        assertThat(rows.path(0).path("condition").asText()).isEqualTo("sigma 15");
        assertThat(rows.path(5).path("pointer").asInt()).isEqualTo(3);
    }

    @Test
    void restores_without_a_reference_and_saves() throws IOException {
        Path saved = directory.resolve("saved");

        int exitCode = evaluate("--no-reference", "--pointer", "2", "--save", saved.toString());

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(ImageFiles.read(saved.resolve("set/ramp-p2.png")).width()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pointer 7           | '7' is no pointer of bundle denoise-color-25-s: all, none, or some of 1 to 6",
                "--pointer none        | --adaptive is needed",
                "--adaptive high       | a threshold must be 0 or more, is 'high'",
                "--adaptive -1         | a threshold must be 0 or more",
                "--sigma 300           | sigma must be 0..255",
                "--sigma 25 --jpeg 10  | mutually exclusive",
                "--jpeg 10             | bundle denoise-color-25-s is for denoising",
                "--scale 4             | bundle denoise-color-25-s is for denoising",
                "--jpeg-color          | --jpeg-color goes with --jpeg",
                "--no-reference        | it needs --save",
                "--plot plot.pdf       | .png or .svg",
                "--tile wide           | neither whole nor a number",
                "--threads -1          | --threads must be 0 or more"
            })
    void ends_with_2_and_one_line_on_wrong_usage(String options, String problem) {
        assertThat(evaluate(options.strip().split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains(problem.strip());
    }

    @Test
    void ends_with_3_and_one_line_when_something_is_missing() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));

        assertThat(run("evaluate", "--bundle", BUNDLE, "--images", "no-such-folder"))
                .isEqualTo(ExitCode.CANNOT_START);
        assertThat(run("evaluate", "--bundle", BUNDLE, "--images", empty.toString()))
                .isEqualTo(ExitCode.CANNOT_START);
        assertThat(
                        run(
                                "evaluate",
                                "--bundle",
                                "no-such-bundle",
                                "--bundles",
                                BUNDLES,
                                "--images",
                                directory.resolve("set").toString()))
                .isEqualTo(ExitCode.CANNOT_START);

        assertThat(err.toString())
                .hasLineCount(3)
                .contains("there is no folder no-such-folder")
                .contains("no image in " + empty)
                .contains("there is no bundle no-such-bundle", "only [denoise-color-25-s");
    }

    private int evaluate(String... options) {
        return run(
                Stream.concat(
                                Stream.of(
                                        "evaluate",
                                        "--bundle",
                                        BUNDLE,
                                        "--bundles",
                                        BUNDLES,
                                        "--images",
                                        directory.resolve("set").toString()),
                                Arrays.stream(options))
                        .toArray(String[]::new));
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
