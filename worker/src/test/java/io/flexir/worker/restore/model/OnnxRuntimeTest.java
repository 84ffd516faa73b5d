package io.flexir.worker.restore.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

class OnnxRuntimeTest {
    @Test
    @Timeout(120)
    void starts_in_a_process_whose_command_line_is_long() throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                Start.class.getName(),
                                "x".repeat(50_000)));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectErrorStream(true).start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
    }

    /** What the forked process does. */
    static final class Start {
        private Start() {}

        public static void main(String[] arguments) throws OrtException {
            OnnxRuntime.shared(RuntimeSettings.forCores(1));
        }
    }
}
