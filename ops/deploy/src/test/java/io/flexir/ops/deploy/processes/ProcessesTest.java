package io.flexir.ops.deploy.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.deploy.tool.Tool;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import javax.imageio.ImageIO;

/** A fleet of processes from what the build made, as an operator starts it. */
@Tag("full")
@Timeout(900)
class ProcessesTest {
    private static final Path SAMPLES = Path.of("..", "samples");
    private static final int SCHEDULERS = 2;

    @Test
    void two_schedulers_and_three_workers_restore_photos_by_documented_settings_alone(
            @TempDir Path directory) throws IOException {
        Tool.run(Path.of("."), List.of("processes/run", directory.toString()));

        int photos = 0;
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(SAMPLES, "*.png")) {
            for (Path sample : samples) {
                photos++;
                for (int scheduler = 0; scheduler < SCHEDULERS; scheduler++) {
                    assertSameSize(
                            sample, only(directory.resolve("restored-" + scheduler), sample));
                }
            }
        }
        JsonMapper json = JsonMapper.builder().build();
        Set<String> workers = new TreeSet<>();
        List<String> results = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("jobs.json"))) {
            JsonNode job = json.readTree(line);
            results.addAll(job.findValuesAsText("resultSha256"));
            workers.addAll(job.findValuesAsText("workerId"));
        }
        assertThat(photos).isPositive();
        assertThat(results).hasSize(SCHEDULERS * photos);
        assertThat(workers).hasSizeGreaterThan(1).isSubsetOf("worker-1", "worker-2", "worker-3");
    }

    private static Path only(Path restored, Path sample) throws IOException {
        String name = sample.getFileName().toString().replace(".png", "");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(restored, name + "*")) {
            return found.iterator().next();
        }
    }

    private static void assertSameSize(Path sample, Path restored) throws IOException {
        BufferedImage before = ImageIO.read(sample.toFile());
        BufferedImage after = ImageIO.read(restored.toFile());
        assertThat(List.of(after.getWidth(), after.getHeight()))
                .isEqualTo(List.of(before.getWidth(), before.getHeight()));
    }
}
