package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** The commands that talk to a stack which is up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class JobCommandsTest {
    private static final String MODEL = "denoise-color-25-s";

    private LocalStack stack;
    private Path directory;
    private Path photo;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        stack =
                LocalStack.start(
                        new StackSettings(
                                DataDirectory.temporary(),
                                temporary.resolve("flexir.log"),
                                0,
                                1,
                                Workforce.of(1),
                                Path.of("..", "..", "ops", "models"),
                                StackSettings.FULL_DEPTH));
        RgbImage gray = new RgbImage(40, 30, new byte[40 * 30 * RgbImage.CHANNELS]);
        photo = Files.write(directory.resolve("photo.png"), ImageFiles.encodePng(gray));
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void submit_with_out_waits_and_writes_the_restored_image() throws IOException {
        Path results = directory.resolve("results");

        int exitCode =
                run(
                        "submit",
                        photo.toString(),
                        "--model",
                        MODEL,
                        "--pointer",
                        "1",
                        "--out",
                        results.toString());

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).hasLineCount(1).contains("succeeded", "pointer 1.00");
        assertThat(ImageFiles.read(results.resolve("photo-restored.png")).width()).isEqualTo(40);
    }

    @Test
    void photos_of_one_name_are_written_beside_each_other() throws IOException {
        Path one = Files.createDirectories(directory.resolve("one")).resolve("photo.png");
        Path other = Files.createDirectories(directory.resolve("other")).resolve("photo.png");
        Files.copy(photo, one);
        Files.copy(photo, other);
        Path results = directory.resolve("both");

        assertThat(
                        run(
                                "submit",
                                one.toString(),
                                other.toString(),
                                "--model",
                                MODEL,
                                "--pointer",
                                "1",
                                "--out",
                                results.toString()))
                .as(err.toString())
                .isZero();

        assertThat(results.resolve("photo-restored.png")).exists();
        assertThat(results.resolve("photo-2-restored.png")).exists();
    }

    @Test
    void a_batch_of_what_lies_in_the_bucket_is_submitted_shown_and_fetched() throws IOException {
        String bucket = stack.infrastructure().connections().bucket();
        String key;
        try (FleetClient client = stack.connect()) {
            key = client.upload(Files.readAllBytes(photo)).key();
        }
        String place = "s3://" + bucket + "/" + key;
        Path results = directory.resolve("batch");

        assertThat(run("submit", "--batch", place, "--model", MODEL, "--key", "one", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode batch = new JsonMapper().readTree(out.toString());
        String id = batch.path("id").asText();

        assertThat(batch.path("jobs")).isNotEmpty();
        assertThat(run("submit", "--batch", place, "--model", MODEL, "--key", "one")).isZero();
        assertThat(out.toString()).contains(batch.at("/jobs/0/id").asText());
        assertThat(
                        run(
                                "submit",
                                "--batch",
                                place,
                                "--model",
                                MODEL,
                                "--key",
                                "one",
                                "--out",
                                results.toString()))
                .as(err.toString())
                .isZero();
        assertThat(results.toFile().list()).hasSize(batch.path("jobs").size());
        assertThat(run("jobs", "batch", id)).isZero();
        assertThat(out.toString()).contains(batch.path("jobs").size() + " succeeded");
        assertThat(run("jobs", "list", "--batch", id)).isZero();
        assertThat(out.toString()).hasLineCount(batch.path("jobs").size());
        assertThat(run("cancel", "--batch", id)).isZero();
        assertThat(out.toString())
                .startsWith("batch " + id)
                .contains(batch.path("jobs").size() + " succeeded");
        assertThat(run("cancel")).isEqualTo(ExitCode.USAGE);
        assertThat(run("cancel", id, "--batch", id)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_file_that_is_refused_does_not_keep_the_others_from_being_restored() throws IOException {
        Path missing = directory.resolve("missing.png");
        Path results = directory.resolve("rest");

        int exitCode =
                run(
                        "submit",
                        missing.toString(),
                        photo.toString(),
                        "--model",
                        MODEL,
                        "--pointer",
                        "1",
                        "--out",
                        results.toString());

        assertThat(exitCode).isEqualTo(ExitCode.CANNOT_START);
        assertThat(err.toString()).contains(missing + ": cannot read");
        assertThat(results.toFile().list()).hasSize(1);
        assertThat(run("wait", "nobody-knows-it")).isEqualTo(ExitCode.SCHEDULER);
        assertThat(err.toString()).contains("nobody-knows-it");
    }

    @Test
    void an_experiment_is_started_shown_and_ended() throws IOException {
        assertThat(
                        run(
                                "experiment",
                                "start",
                                "dial",
                                "--variant",
                                "a",
                                "--variant",
                                "b=policy:gain"))
                .as(err.toString())
                .isZero();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> run("experiment", "show", "dial", "--json") == 0);
            JsonNode shown = new JsonMapper().readTree(out.toString());
            assertThat(shown.path("name").asText()).isEqualTo("dial");
            assertThat(shown.path("variants")).hasSize(2);
            assertThat(shown.path("results")).hasSize(2);
            assertThat(run("experiment", "show", "dial")).isZero();
            assertThat(out.toString()).startsWith("dial  runs since").contains("on time %");
        } finally {
            assertThat(run("experiment", "end", "dial")).isZero();
        }
    }

    @Test
    void files_and_a_batch_are_not_mixed() {
        assertThat(run("submit")).isEqualTo(ExitCode.USAGE);
        assertThat(run("submit", photo.toString(), "--batch", "s3://a/b"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("submit", photo.toString(), "--limit", "3")).isEqualTo(ExitCode.USAGE);
        assertThat(run("submit", "--batch", "photos/")).isEqualTo(ExitCode.USAGE);
        assertThat(run("submit", "--batch", "s3://no-such-bucket/x")).isEqualTo(ExitCode.SCHEDULER);
    }

    @Test
    void a_webhook_on_this_machine_is_told_and_its_log_shown() throws IOException {
        HttpServer receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        receiver.start();
        try {
            String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
            assertThat(
                            run(
                                    "submit",
                                    photo.toString(),
                                    "--model",
                                    MODEL,
                                    "--pointer",
                                    "1",
                                    "--webhook",
                                    url,
                                    "--json"))
                    .as(err.toString())
                    .isZero();
            String job = json().path("id").asText();

            await().until(
                            () ->
                                    run("jobs", "webhook", job) == ExitCode.DONE
                                            && out.toString().contains("delivered"));

            assertThat(out.toString()).startsWith(url + "  delivered").contains("arrived");
        } finally {
            receiver.stop(0);
        }
        assertThat(run("jobs", "webhook", "none")).isEqualTo(ExitCode.SCHEDULER);
    }

    @Test
    void costs_are_a_table_or_json() throws IOException {
        assertThat(
                        run(
                                "submit",
                                photo.toString(),
                                "--model",
                                MODEL,
                                "--pointer",
                                "1",
                                "--out",
                                directory.toString()))
                .as(err.toString())
                .isZero();
        await().until(this::somethingCost);
        assertThat(json().at("/total/money").asDouble()).isPositive();

        assertThat(run("costs", "--by", "pointer")).isZero();

        assertThat(out.toString())
                .containsPattern("pointer +images +GMACs +worker-s +kJ +USD +at full depth +saved")
                .containsPattern("(?m)^1 .*%$")
                .contains("100% of the energy is an estimate");
    }

    @Test
    void without_the_key_of_the_stack_nothing_is_told() {
        assertThat(run("policy", "--api-key", "another")).isEqualTo(ExitCode.SCHEDULER);
        assertThat(err.toString()).hasLineCount(1).contains("The key is missing or wrong");
    }

    @Test
    void policy_shows_changes_and_resets_how_depth_is_granted() throws IOException {
        assertThat(run("policy", "set", "load:12.5")).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("load:12.5  since 2");
        assertThat(run("policy", "show", "--json")).isZero();
        assertThat(json().at("/policy/targetBacklogSeconds").asDouble()).isEqualTo(12.5);
        assertThat(run("policy", "reset")).isZero();
        assertThat(out.toString()).startsWith("fixed:").contains("as configured");
        assertThat(run("policy")).isZero();
        assertThat(out.toString()).contains("as configured");
    }

    @Test
    void submit_prints_an_id_that_status_and_wait_know() throws IOException {
        assertThat(run("submit", photo.toString(), "--model", MODEL, "--pointer", "1", "--json"))
                .isZero();
        String id = json().path("id").asText();

        assertThat(run("wait", id, "--json")).isZero();
        assertThat(json().path("state").asText()).isEqualTo("succeeded");
        assertThat(run("status", id)).isZero();
        assertThat(out.toString()).startsWith(id + "  succeeded");
    }

    @Test
    void wait_ends_with_1_when_an_image_cannot_be_restored() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.png"), "no image at all");

        int exitCode = run("submit", broken.toString(), "--out", directory.toString());

        assertThat(exitCode).isEqualTo(ExitCode.JOB_NOT_SUCCEEDED);
        assertThat(out.toString()).contains("rejected");
    }

    @Test
    void submit_without_a_model_leaves_it_to_the_fleet_and_names_the_one_it_got()
            throws IOException {
        RgbImage gray = new RgbImage(320, 240, new byte[320 * 240 * RgbImage.CHANNELS]);
        Arrays.fill(gray.samples(), (byte) 128);
        Path noisy = directory.resolve("noisy.png");
        Files.write(noisy, ImageFiles.encodePng(new GaussianNoise(25, 3).addedTo(gray)));

        int exitCode =
                run("submit", noisy.toString(), "--pointer", "1", "--out", directory.toString());

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).contains("succeeded", MODEL, "noise of sigma 25");
    }

    @Test
    void cancel_is_refused_once_a_job_has_ended() throws IOException {
        assertThat(run("submit", photo.toString(), "--model", MODEL, "--pointer", "1", "--json"))
                .isZero();
        String id = json().path("id").asText();
        assertThat(run("wait", id)).isZero();

        assertThat(run("cancel", id)).isEqualTo(ExitCode.SCHEDULER);
        assertThat(err.toString()).contains("cannot be cancelled");
    }

    @Test
    void jobs_are_listed_by_state_and_only_failed_ones_are_done_over() throws IOException {
        assertThat(run("submit", photo.toString(), "--model", MODEL, "--pointer", "1", "--json"))
                .isZero();
        String id = json().path("id").asText();
        assertThat(run("wait", id)).isZero();

        assertThat(run("jobs", "list", "--state", "succeeded")).as(err.toString()).isZero();
        assertThat(out.toString()).contains(id + "  succeeded");
        assertThat(run("jobs", "list", "--state", "failed,cancelled")).isZero();
        assertThat(out.toString()).doesNotContain(id);
        assertThat(run("jobs", "retry", id, "no-such-job")).isEqualTo(ExitCode.SCHEDULER);
        assertThat(err.toString()).hasLineCount(2).contains("The job has not failed");
        assertThat(run("jobs", "retry", "--all-failed")).isZero();
        assertThat(run("jobs", "retry")).isEqualTo(ExitCode.USAGE);
        assertThat(run("jobs", "list", "--state", "lost")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_job_is_purged_for_those_alone_who_mean_it() throws IOException {
        assertThat(run("submit", photo.toString(), "--model", MODEL, "--pointer", "1", "--json"))
                .isZero();
        String id = json().path("id").asText();
        assertThat(run("wait", id)).isZero();

        assertThat(run("jobs", "purge", id)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("--yes");
        assertThat(run("status", id)).isZero();
        assertThat(run("jobs", "purge", id, "--yes")).as(err.toString()).isZero();
        Instant patience = Instant.now().plusSeconds(60);
        while (run("status", id) == ExitCode.DONE) {
            assertThat(Instant.now()).isBefore(patience);
        }
        assertThat(err.toString()).contains("There is no such job");
    }

    @Test
    void a_tenant_that_has_nothing_is_gone_at_once() throws IOException {
        assertThat(run("tenants", "purge", "nobody")).isEqualTo(ExitCode.USAGE);
        assertThat(run("tenants", "purge", "no/body", "--yes")).isEqualTo(ExitCode.USAGE);
        assertThat(run("tenants", "purge", "nobody", "--yes", "--wait", "--json")).isZero();
        assertThat(json().path("done").asBoolean()).isTrue();
    }

    @Test
    void deadletter_tells_usage_from_letters_that_there_are_not() {
        assertThat(run("deadletter", "list")).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("letter  set aside");
        assertThat(run("deadletter", "list", "--json")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(run("deadletter", "show", "0-999999")).isEqualTo(ExitCode.SCHEDULER);
        assertThat(err.toString()).hasLineCount(1).contains("There is no such dead letter");
        assertThat(run("deadletter", "replay", "0-1", "0-2")).isEqualTo(ExitCode.SCHEDULER);
        assertThat(err.toString()).hasLineCount(2);
        assertThat(run("deadletter", "show", "first")).isEqualTo(ExitCode.USAGE);
        assertThat(run("deadletter", "list", "--limit", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void status_of_an_unknown_job_is_refused() {
        assertThat(run("status", "no-such-job")).isEqualTo(ExitCode.SCHEDULER);
        assertThat(err.toString()).hasLineCount(1).contains("There is no such job");
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--url";
        all[arguments.length + 1] = stack.address().toString();
        return commandLine.execute(all);
    }

    private boolean somethingCost() throws IOException {
        return run("costs", "--json") == ExitCode.DONE && json().at("/total/images").asInt() > 0;
    }

    private JsonNode json() throws JsonProcessingException {
        return new JsonMapper().readTree(out.toString());
    }
}
