package io.flexir.scheduler.access;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A file of keys that is read again when it changes, so that a key is made or revoked without a
 * restart. A file that has become unreadable changes nothing: the keys from before stay.
 */
public final class WatchedKeys implements Callers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedKeys.class);
    private static final long LOOK_EVERY_MILLIS = 500;

    private final KeysFile file;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("flexir-keys").daemon().factory());
    private volatile KeyRing keys;
    private Stamp seen;

    /**
     * @throws InvalidKeysException when the file is not as it must be
     */
    public WatchedKeys(KeysFile file) {
        this.file = file;
        // Before reading: a change in between is seen afterwards.
        this.seen = Stamp.of(file.path());
        this.keys = file.read();
        var _ =
                thread.scheduleWithFixedDelay(
                        this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<Principal> identify(@Nullable String authorization) {
        return keys.identify(authorization);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        Stamp now = Stamp.of(file.path());
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            KeyRing read = file.read();
            keys = read;
            LOG.info("event=keys_read keys={}", read.keys().size());
        } catch (InvalidKeysException wrong) {
            LOG.warn("event=keys_unreadable reason=\"{}\"", wrong.getMessage());
        }
    }

    /** Tells one state of a file from another: each write is a file of its own. */
    private record Stamp(@Nullable Object file, long modifiedNanos, long bytes) {
        static Stamp of(Path path) {
            try {
                BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
                return new Stamp(
                        found.fileKey(),
                        found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        found.size());
            } catch (IOException missing) {
                return new Stamp(null, 0, 0);
            }
        }
    }
}
