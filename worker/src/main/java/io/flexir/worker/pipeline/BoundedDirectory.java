package io.flexir.worker.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory of directories that holds no more than so many bytes: those used longest ago go. A
 * directory's time of change is when it was last used.
 */
final class BoundedDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(BoundedDirectory.class);

    /** Whoever began it so long ago has died. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path root;
    private final String unfinished;
    private final long maxBytes;

    /**
     * @param unfinished what the names of directories begin with that are being filled, or deleted
     */
    BoundedDirectory(Path root, String unfinished, long maxBytes) {
        this.root = root;
        this.unfinished = unfinished;
        this.maxBytes = maxBytes;
    }

    /** A new directory to fill, after room was made for so many bytes. */
    Path begin(long bytes) throws IOException {
        Files.createDirectories(root);
        makeRoom(bytes);
        return Files.createTempDirectory(root, unfinished);
    }

    /** It is used now. */
    void used(Path directory) {
        try {
            Files.setLastModifiedTime(directory, FileTime.from(Instant.now()));
        } catch (IOException gone) {
            LOG.debug("bundle not marked as used directory={}", directory, gone);
        }
    }

    /**
     * Deletes a directory with all that is in it, if it is still there. It loses its name before:
     * whoever dies over it leaves nothing that looks like a whole one.
     */
    void discard(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            delete(unnamed(directory));
        } catch (IOException | UncheckedIOException notDeleted) {
            LOG.warn("not deleted directory={} problem={}", directory, notDeleted.toString());
        }
    }

    private Path unnamed(Path directory) throws IOException {
        return directory.getFileName().toString().startsWith(unfinished)
                ? directory
                : Files.move(
                        directory,
                        root.resolve(unfinished + UUID.randomUUID()),
                        StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void makeRoom(long bytes) throws IOException {
        List<Kept> kept = kept();
        long total = kept.stream().mapToLong(Kept::bytes).sum();
        for (Kept eldest : kept) {
            boolean abandoned = eldest.name().startsWith(unfinished);
            if (abandoned ? eldest.usedSince(ABANDONED) : total + bytes <= maxBytes) {
                continue;
            }
            discard(eldest.directory());
            total -= eldest.bytes();
            LOG.info("event=bundle_evicted directory={} bytes={}", eldest.name(), eldest.bytes());
        }
    }

    private List<Kept> kept() throws IOException {
        try (Stream<Path> directories = Files.list(root)) {
            return directories
                    .filter(Files::isDirectory)
                    .flatMap(BoundedDirectory::measured)
                    .sorted(Comparator.comparing(Kept::used))
                    .toList();
        }
    }

    /** None for one that another deletes meanwhile, or that cannot be read: it is left alone. */
    private static Stream<Kept> measured(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return Stream.of(
                    new Kept(directory, bytes, Files.getLastModifiedTime(directory).toInstant()));
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.debug("bundle not measured directory={}", directory, unreadable);
            return Stream.empty();
        }
    }

    private record Kept(Path directory, long bytes, Instant used) {
        String name() {
            return directory.getFileName().toString();
        }

        boolean usedSince(Duration ago) {
            return used.isAfter(Instant.now().minus(ago));
        }
    }
}
