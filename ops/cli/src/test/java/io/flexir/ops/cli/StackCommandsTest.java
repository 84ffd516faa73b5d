package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.Psnr;
import io.flexir.ops.local.quality.RgbImage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The commands that start a whole stack, with a real model and a photo that was cut to a few
 * regions.
 */
@Timeout(300)
class StackCommandsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path BUNDLES = ROOT.resolve("ops/models");
    private static final int CROP = 100;

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void demo_restores_and_reports_figures_that_its_files_bear_out() throws IOException {
        Path samples = samplesWithOnePhoto();
        Path results = directory.resolve("out");

        int exitCode =
                demo(
                        "--samples",
                        samples.toString(),
                        "--out",
                        results.toString(),
                        "--workers",
                        "1");

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).contains("1 of 1 restored").contains("dog");
        JsonNode photo =
                new JsonMapper()
                        .readTree(results.resolve("report.json").toFile())
                        .path("photos")
                        .path(0);
        RgbImage clean = ImageFiles.read(samples.resolve("dog.png"));
        RgbImage noisy = ImageFiles.read(results.resolve("dog-noisy.png"));
        RgbImage restored = ImageFiles.read(results.resolve("dog-restored.png"));
        assertThat(noisy.samples()).isEqualTo(new GaussianNoise(25, 0).addedTo(clean).samples());
        assertThat(photo.path("psnr").path("noisy").asDouble())
                .isCloseTo(Psnr.of(clean, noisy), within(1e-9));
        assertThat(photo.path("psnr").path("restored").asDouble())
                .isCloseTo(Psnr.of(clean, restored), within(1e-9));
        assertThat(photo.path("psnr").path("gain").asDouble()).isGreaterThan(5);
        assertThat(photo.path("receipt").path("gigaMacs").asDouble()).isPositive();
    }

    @Test
    void demo_says_that_a_port_is_taken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int exitCode =
                    demo(
                            "--samples",
                            samplesWithOnePhoto().toString(),
                            "--out",
                            directory.toString(),
                            "--port",
                            Integer.toString(other.getLocalPort()));

            assertThat(exitCode).isEqualTo(ExitCode.CANNOT_START);
            assertThat(err.toString())
                    .hasLineCount(1)
                    .contains("port " + other.getLocalPort() + " for the scheduler is taken");
        }
    }

    @Test
    void demo_says_that_its_directory_cannot_be_written() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        assertThat(demo("--out", file.resolve("out").toString())).isEqualTo(ExitCode.CANNOT_START);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains("cannot write to " + file.resolve("out"));
    }

    @Test
    void demo_says_that_there_is_no_model() {
        int exitCode =
                run(
                        "demo",
                        "--out",
                        directory.toString(),
                        "--bundles",
                        directory.resolve("none").toString());

        assertThat(exitCode).isEqualTo(ExitCode.CANNOT_START);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains("cannot read " + directory.resolve("none"));
    }

    @Test
    void demo_says_which_models_there_are_when_it_is_asked_for_another() throws IOException {
        int exitCode =
                demo(
                        "--samples",
                        samplesWithOnePhoto().toString(),
                        "--out",
                        directory.toString(),
                        "--workers",
                        "1",
                        "--model",
                        "no-such-model");

        assertThat(exitCode).isEqualTo(ExitCode.CANNOT_START);
        assertThat(err.toString())
                .contains("there is no model no-such-model, only [denoise-color-25-s");
    }

    private int demo(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "demo";
        all[1] = "--bundles";
        all[2] = BUNDLES.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return run(all);
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    /** A corner of a sample, so that a test takes a second of computing. */
    private Path samplesWithOnePhoto() throws IOException {
        RgbImage whole = ImageFiles.read(ROOT.resolve("ops/samples/dog.png"));
        byte[] samples = new byte[CROP * CROP * RgbImage.CHANNELS];
        for (int y = 0; y < CROP; y++) {
            System.arraycopy(
                    whole.samples(),
                    y * whole.width() * RgbImage.CHANNELS,
                    samples,
                    y * CROP * RgbImage.CHANNELS,
                    CROP * RgbImage.CHANNELS);
        }
        Path folder = Files.createDirectories(directory.resolve("samples"));
        Files.write(
                folder.resolve("dog.png"), ImageFiles.encodePng(new RgbImage(CROP, CROP, samples)));
        return folder;
    }
}
