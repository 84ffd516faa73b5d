package io.flexir.ops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Model;
import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.quality.RgbImage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class DemoReportTest {

    private static final String DIGEST = "ab".repeat(32);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final GaussianNoise NOISE = new GaussianNoise(25, 0);
    private static final RgbImage GRAY = new RgbImage(4, 4, new byte[48]);
    private static final Photo CITY =
            new Photo("city", Path.of("samples/city.png"), GRAY, NOISE.addedTo(GRAY));
    private static final Photo DOG =
            new Photo("dog", Path.of("samples/dog.png"), GRAY, NOISE.addedTo(GRAY));

    @Test
    void shows_what_each_photo_cost_and_gained() {
        List<String> lines = DemoTable.lines(report(restored(), rejected()));

        assertThat(lines.getFirst())
                .contains("photo", "P", "exits", "GMACs", "network", "dB noisy", "gain", "result");
        assertThat(lines.get(2))
                .startsWith("city")
                .contains("4.00", "2x1 6x1", "31.2")
                .endsWith("out/city-restored.png");
        assertThat(lines.get(3)).startsWith("dog").endsWith("rejected: not an image");
        assertThat(lines.getLast())
                .startsWith("1 of 2 restored in 3.5 s, 31.2 GMACs, 2.1 s of work; gain ");
    }

    @Test
    void is_complete_only_when_every_photo_is_restored() {
        assertThat(report(restored()).complete()).isTrue();
        assertThat(report(restored(), rejected()).complete()).isFalse();
    }

    @Test
    void holds_all_that_is_needed_to_compute_its_figures_again() throws IOException {
        JsonNode json = new JsonMapper().readTree(report(restored()).toJson());

        assertThat(json.path("sigma").asDouble()).isEqualTo(25);
        assertThat(json.path("seed").isIntegralNumber()).isTrue();
        JsonNode photo = json.path("photos").path(0);
        assertThat(photo.path("clean").asText()).isEqualTo("samples/city.png");
        assertThat(photo.path("noisy").asText()).isEqualTo("out/city-noisy.png");
        assertThat(photo.path("restored").asText()).isEqualTo("out/city-restored.png");
        assertThat(photo.path("receipt").path("regions")).hasSize(2);
        assertThat(json.has("complete")).isFalse();
    }

    private static DemoReport report(DemoRow... rows) {
        DemoSettings settings =
                new DemoSettings(
                        Path.of("samples"), Path.of("out"), "denoise", Optional.empty(), NOISE);
        Model model = new Model("denoise", "1.0.0", DIGEST, 6, null);
        return DemoReport.of(
                settings,
                model,
                new Depth.Adaptive(1.05),
                List.of(rows),
                Duration.ofMillis(3500),
                NOW);
    }

    private static DemoRow restored() {
        return DemoRow.restored(
                CITY,
                Path.of("out/city-noisy.png"),
                Path.of("out/city-restored.png"),
                GRAY,
                job(receipt(), null));
    }

    private static DemoRow rejected() {
        return DemoRow.notRestored(
                DOG,
                Path.of("out/dog-noisy.png"),
                job(null, new Job.Problem("malformed", "not an image")));
    }

    private static Job job(Job.@Nullable Receipt receipt, Job.@Nullable Problem problem) {
        JobState state = receipt == null ? JobState.REJECTED : JobState.SUCCEEDED;
        return new Job(
                "j1",
                state,
                "denoise",
                new Depth.Adaptive(1.05),
                null,
                1,
                NOW,
                null,
                null,
                null,
                false,
                false,
                null,
                receipt,
                problem,
                null,
                null,
                null);
    }

    private static Job.Receipt receipt() {
        return new Job.Receipt(
                new ObjectReference("flexir", "results/a/b.png", null, null),
                DIGEST,
                "image/png",
                10,
                20,
                new ImageSize(4, 4),
                new ImageSize(4, 4),
                "denoise",
                DIGEST,
                null,
                "fixed/1",
                new Inference.Adaptive(1.05),
                6,
                4.0,
                2,
                List.of(
                        new RegionReceipt(0, 0, 2, 4, 2, 1.5),
                        new RegionReceipt(2, 0, 2, 4, 6, 0.5)),
                31.2,
                new PhaseSeconds(0.1, 0.1, 1.5, 0.2, 0.1, 0.1),
                new Energy(1, "estimate:test"),
                "w1",
                "cpu");
    }
}
