package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.HeapTuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process with a small heap, for what would harm that of the tests. */
public final class SmallProcess {
    private SmallProcess() {}

    /**
     * Runs a class until it ends well.
     *
     * @param directory for what it says
     * @return what it said
     */
    public static String run(Path directory, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                // Its compilers would end the process for want of memory.
                                "-Xint",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(HeapTuning.environment(1));
        Process process = builder.start();
        boolean ended = process.waitFor(100, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended && process.exitValue() == 0).as(said).isTrue();
        return said;
    }
}
