package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.HeapTuning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

@Timeout(120)
class ExhaustedMemoryTest {
    @TempDir private Path directory;

    @Test
    void a_tile_that_memory_does_not_suffice_for_is_halved_until_it_does() throws Exception {
        ArrayImage whole = ShippedModel.regular(LittleMemory.noisy(), 2, ShippedModel.UNCUT);
        Path planes = directory.resolve("planes");

        String said = fork(planes);

        assertThat(said).containsPattern("regions ([2-9]|[1-9][0-9])\\b");
        ArrayImage parts = new ArrayImage(LittleMemory.SIDE, LittleMemory.SIDE);
        parts.values().put(ByteBuffer.wrap(Files.readAllBytes(planes)).asFloatBuffer());
        assertThat(parts.isComplete()).isTrue();
        assertThat(parts.meanLevelsFrom(whole)).isLessThan(0.05);
    }

    private String fork(Path planes) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx128m",
                                        "-XX:+UseSerialGC",
                                        // Its compilers would end the process for want of memory.
                                        "-Xint",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        LittleMemory.class.getName(),
                                        planes.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(HeapTuning.environment(1));
        Process process = builder.start();
        boolean ended = process.waitFor(100, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended && process.exitValue() == 0).as(said).isTrue();
        return said;
    }
}
