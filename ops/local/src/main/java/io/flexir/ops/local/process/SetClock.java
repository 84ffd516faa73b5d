package io.flexir.ops.local.process;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * The system's clock, put forward or back by what stands in a file, from one moment to the next: a
 * child process that is told of the file lives by it. Thread-safe.
 */
public final class SetClock extends Clock {
    private static final String FILE = "FLEXIR_CLOCK_FILE";
    private static final long LOOK_EVERY_NANOS = 50_000_000;

    private final Path file;
    private final Clock system;
    private Duration offset = Duration.ZERO;
    private long lookedNanos = System.nanoTime() - LOOK_EVERY_NANOS;

    private SetClock(Path file, Clock system) {
        this.file = file;
        this.system = system;
    }

    /** What a child process is told so that this file sets its clock. */
    public static Map<String, String> environment(Path file) {
        return Map.of(FILE, file.toString());
    }

    /** Sets the clocks that go by this file. */
    public static void set(Path file, Duration offset) {
        try {
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(whole, Long.toString(offset.toMillis()));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set the clock by " + file, e);
        }
    }

    /** The clock of a process that was told this. */
    static Clock of(Map<String, String> environment) {
        @Nullable String file = environment.get(FILE);
        return file == null ? Clock.systemUTC() : new SetClock(Path.of(file), Clock.systemUTC());
    }

    @Override
    public Instant instant() {
        return system.instant().plus(offset());
    }

    @Override
    public ZoneId getZone() {
        return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : new SetClock(file, system.withZone(zone));
    }

    private synchronized Duration offset() {
        if (System.nanoTime() - lookedNanos >= LOOK_EVERY_NANOS) {
            lookedNanos = System.nanoTime();
            offset = read();
        }
        return offset;
    }

    private Duration read() {
        try {
            return Files.exists(file)
                    ? Duration.ofMillis(Long.parseLong(Files.readString(file).strip()))
                    : Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
