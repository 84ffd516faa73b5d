package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own, which is told to end while graphs run. */
@Timeout(120)
class EvaluateSignalTest {

    private static final long PROMPT_SECONDS = 10;

    @Test
    void a_signal_ends_the_evaluation_promptly_and_quietly_with_130() throws Exception {
        Process process = evaluateSamplesAtFullDepth();
        try (BufferedReader err = process.errorReader()) {
            assertThat(err.readLine()).startsWith("1 of 8");

            // Not the process itself, which would close its streams.
            assertThat(process.toHandle().destroy()).isTrue();

            assertThat(process.waitFor(PROMPT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(err.lines()).allMatch(line -> line.isEmpty() || line.contains(" of 8"));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process evaluateSamplesAtFullDepth() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.flexir.ops.cli.Main",
                                "evaluate",
                                "--bundle",
                                Path.of("..", "models", "denoise-color-25-s").toString(),
                                "--images",
                                Path.of("..", "samples").toString(),
                                "--pointer",
                                "6"));
        // The JVM would say on the error stream that it has read them.
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
