package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Model;
import io.flexir.ops.local.stack.Connections;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A version of a model from its directory into a stack that is up, and out again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class BundleCommandTest {
    private static final Path MODELS = Path.of("..", "..", "ops", "models");
    private static final String MODEL = "denoise-color-25-s";

    private LocalStack stack;
    private Path directory;
    private StringWriter out;
    private StringWriter err;

    @BeforeAll
    void start(@TempDir Path temporary) {
        directory = temporary;
        stack =
                LocalStack.start(
                        new StackSettings(
                                DataDirectory.temporary(),
                                temporary.resolve("flexir.log"),
                                0,
                                1,
                                Workforce.of(1),
                                MODELS,
                                StackSettings.FULL_DEPTH));
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @BeforeEach
    void nothingIsPrintedYet() {
        out = new StringWriter();
        err = new StringWriter();
    }

    @Test
    void a_version_is_pushed_activated_listed_and_rolled_back() throws IOException {
        Path version = version("2.0.0");

        assertThat(toStore("push", version.toString())).as(err.toString()).isZero();
        String digest = printed().strip();
        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(toScheduler("activate", MODEL, digest, "--wait")).as(err.toString()).isZero();
        assertThat(printed()).contains("in force, held by 1 of 1 in cpu");
        // As a pipeline that is run again does.
        assertThat(toScheduler("activate", MODEL, digest, "--wait")).as(err.toString()).isZero();
        printed();

        assertThat(toBoth("list")).as(err.toString()).isZero();
        assertThat(printed().lines().filter(line -> line.contains(digest)))
                .singleElement()
                .asString()
                .contains(MODEL, "2.0.0", "in force");

        assertThat(toScheduler("rollback", MODEL, "--wait")).as(err.toString()).isZero();
        assertThat(toBoth("list", "--json")).as(err.toString()).isZero();
        assertThat(printed()).contains("\"previous\":\"" + digest + "\"");
        try (FleetClient fleet = stack.connect()) {
            assertThat(fleet.models())
                    .filteredOn(model -> model.name().equals(MODEL))
                    .singleElement()
                    .extracting(Model::digest)
                    .isNotEqualTo(digest);
        }
    }

    @Test
    void what_is_not_whole_is_refused_before_anything_is_sent() throws IOException {
        Path version = version("3.0.0");
        Files.write(version.resolve("stage-2.onnx"), new byte[] {1, 2, 3});
        Path hostile = version("4.0.0");
        Path manifest = hostile.resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"stem.onnx\"", "\"../stem.onnx\""));

        assertThat(toStore("push", version.toString())).isEqualTo(ExitCode.CANNOT_START);
        assertThat(execute(List.of("bundle", "verify", hostile.toString())))
                .isEqualTo(ExitCode.CANNOT_START);
        assertThat(execute(List.of("bundle", "verify", directory.toString())))
                .isEqualTo(ExitCode.CANNOT_START);

        assertThat(err.toString())
                .hasLineCount(3)
                .contains(
                        "stage-2.onnx has 3 bytes, the manifest says",
                        "stem.file may hold letters, digits",
                        "manifest.json is missing");
    }

    @Test
    void a_whole_bundle_is_verified_by_its_digest() {
        assertThat(execute(List.of("bundle", "verify", MODELS.resolve(MODEL).toString()))).isZero();

        assertThat(out.toString()).containsPattern("[0-9a-f]{64}  " + MODEL);
    }

    @Test
    void what_was_never_activated_is_not_rolled_back() {
        assertThat(toScheduler("rollback", "sr-x2-s")).isEqualTo(ExitCode.CANNOT_START);
        assertThat(toScheduler("activate", MODEL, "0".repeat(64))).isEqualTo(ExitCode.SCHEDULER);

        assertThat(err.toString())
                .contains("no version of sr-x2-s was activated", "is not in the bucket");
    }

    @Test
    void a_store_that_is_not_there_is_told() {
        assertThat(
                        execute(
                                List.of(
                                        "bundle",
                                        "push",
                                        MODELS.resolve(MODEL).toString(),
                                        "--s3",
                                        "http://127.0.0.1:9",
                                        "--s3-secret-key",
                                        "none")))
                .isEqualTo(ExitCode.CANNOT_START);
        assertThat(err.toString()).hasLineCount(1).contains("the object store");
    }

    private String printed() {
        String text = out.toString();
        out.getBuffer().setLength(0);
        return text;
    }

    private int toStore(String... arguments) {
        return execute(with(arguments, true, false));
    }

    private int toScheduler(String... arguments) {
        return execute(with(arguments, false, true));
    }

    private int toBoth(String... arguments) {
        return execute(with(arguments, true, true));
    }

    private List<String> with(String[] arguments, boolean store, boolean scheduler) {
        Connections connections = stack.infrastructure().connections();
        List<String> all = new ArrayList<>(List.of("bundle"));
        all.addAll(List.of(arguments));
        if (store) {
            all.addAll(
                    List.of(
                            "--s3",
                            connections.store().toString(),
                            "--s3-access-key",
                            connections.credentials().accessKey(),
                            "--s3-secret-key",
                            connections.credentials().secretKey(),
                            "--s3-bucket",
                            connections.bucket()));
        }
        if (scheduler) {
            all.addAll(
                    List.of(
                            "--url",
                            stack.address().toString(),
                            "--api-key",
                            connections.key().value()));
        }
        return all;
    }

    private int execute(List<String> arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    private Path version(String version) throws IOException {
        Path copy = Files.createDirectories(directory.resolve("version-" + version));
        try (Stream<Path> files = Files.list(MODELS.resolve(MODEL))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".onnx")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        String manifest = Files.readString(MODELS.resolve(MODEL).resolve("manifest.json"));
        Files.writeString(
                copy.resolve("manifest.json"),
                manifest.replaceFirst(
                        "\"version\": \"[^\"]*\"", "\"version\": \"" + version + "\""));
        return copy;
    }
}
