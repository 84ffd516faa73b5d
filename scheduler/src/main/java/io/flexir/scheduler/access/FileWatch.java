package io.flexir.scheduler.access;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks twice a second whether any of some files is another than before, on a thread of its own.
 * Make it before the files are read first: a change in between is seen afterwards.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final long LOOK_EVERY_MILLIS = 500;

    private final List<Path> files;
    private final Runnable changed;
    private final ScheduledExecutorService thread;
    private List<Stamp> seen;

    /**
     * @param name of its thread
     * @param changed called after a change, never twice at once; it must not throw
     */
    public FileWatch(String name, List<Path> files, Runnable changed) {
        this.files = List.copyOf(files);
        this.changed = changed;
        this.seen = stamps();
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name(name).daemon().factory());
    }

    /** From now on. */
    public void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::lookAgain,
                        LOOK_EVERY_MILLIS,
                        LOOK_EVERY_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /** A failed look is not the last one. */
    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException broken) {
            LOG.error("event=files_not_read_again files={}", files, broken);
        }
    }

    /** Looks now. */
    public synchronized void look() {
        List<Stamp> now = stamps();
        if (!now.equals(seen)) {
            seen = now;
            changed.run();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private List<Stamp> stamps() {
        return files.stream().map(Stamp::of).toList();
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
