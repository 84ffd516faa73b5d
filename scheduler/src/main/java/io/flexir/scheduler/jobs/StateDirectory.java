package io.flexir.scheduler.jobs;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where Streams keeps its locks; the ledger is in memory.
 *
 * @param path belongs to one process
 * @param temporary whether it goes when it is closed
 */
record StateDirectory(Path path, boolean temporary) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);

    /** The given directory, or a new one that is deleted in the end. */
    static StateDirectory of(@Nullable Path chosen) {
        if (chosen != null) {
            return new StateDirectory(chosen, false);
        }
        try {
            return new StateDirectory(Files.createTempDirectory("flexir-scheduler-"), true);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(
                    "No temporary directory can be made; set a state directory", unwritable);
        }
    }

    @Override
    public void close() {
        if (temporary) {
            deleteAll();
        }
    }

    private void deleteAll() {
        try (Stream<Path> paths = Files.walk(path)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException left) {
            LOG.warn("event=state_directory_left path={}", path, left);
        }
    }
}
