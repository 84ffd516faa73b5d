package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class BoundedDirectoryTest {
    private static final int FILES = 3000;

    @TempDir private Path root;

    @Test
    void nobody_sees_half_of_a_directory_that_is_discarded() throws Exception {
        Path bundle = fill(root.resolve("bundle"));
        BoundedDirectory directory = new BoundedDirectory(root, ".unfinished-", 1 << 20);
        CountDownLatch watched = new CountDownLatch(1);
        CompletableFuture<Boolean> halfSeen =
                CompletableFuture.supplyAsync(() -> isHalfSeen(bundle, watched));
        watched.await();

        directory.discard(bundle);

        assertThat(halfSeen.get()).isFalse();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void one_that_cannot_be_read_keeps_nobody_from_making_room() throws IOException {
        Path odd = Files.createDirectory(root.resolve("odd"));
        Files.createSymbolicLink(odd.resolve("loop"), Path.of("loop"));
        Path old = Files.createDirectory(root.resolve("old"));
        Files.write(old.resolve("graph"), new byte[100]);

        Path begun = new BoundedDirectory(root, ".unfinished-", 120).begin(50);

        assertThat(begun).isDirectory();
        assertThat(old).doesNotExist();
        assertThat(odd).exists();
    }

    private static Path fill(Path bundle) throws IOException {
        Files.createDirectory(bundle);
        for (int number = 0; number < FILES; number++) {
            Files.createFile(bundle.resolve(name(number)));
        }
        return bundle;
    }

    /** Whether, until it is gone, what goes first was missed while what goes last was there. */
    private static boolean isHalfSeen(Path bundle, CountDownLatch watched) {
        boolean half = false;
        while (Files.exists(bundle)) {
            half |=
                    !Files.exists(bundle.resolve(name(FILES - 1)))
                            && Files.exists(bundle.resolve(name(0)));
            watched.countDown();
        }
        return half;
    }

    private static String name(int number) {
        return "file-%04d".formatted(number);
    }
}
