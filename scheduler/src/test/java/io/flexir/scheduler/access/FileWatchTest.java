package io.flexir.scheduler.access;

import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class FileWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void a_change_that_could_not_be_taken_in_is_not_the_last_that_is_seen(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "1");
        try (FileWatch watch = new FileWatch("flexir-test", List.of(file), this::fail)) {
            watch.start();
            Files.writeString(file, "22");
            await().atMost(PATIENCE).until(() -> changes.get() > 0);

            int before = changes.get();
            Files.writeString(file, "333");

            await().atMost(PATIENCE).until(() -> changes.get() > before);
        }
    }

    private void fail() {
        throw new IllegalStateException("unforeseen, change " + changes.incrementAndGet());
    }
}
