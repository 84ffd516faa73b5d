package io.flexir.ops.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a part of the stack keeps its data: a directory of the user's, which stays, or a temporary
 * one, which {@link #close()} deletes.
 *
 * @param path an existing, writable directory
 * @param disposable whether closing deletes it
 */
public record DataDirectory(Path path, boolean disposable) implements AutoCloseable {

    /** Creates the directory if it is missing. */
    public static DataDirectory kept(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            Files.delete(Files.createTempFile(absolute, ".writable", ""));
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write to "
                            + absolute
                            + ": make the directory writable, or name another one",
                    e);
        }
        return new DataDirectory(absolute, false);
    }

    /** A new directory under the system's temporary one. */
    public static DataDirectory temporary() {
        try {
            return new DataDirectory(Files.createTempDirectory("flexir-"), true);
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot create a directory under "
                            + System.getProperty("java.io.tmpdir")
                            + ": make it writable, or set TMPDIR or -Djava.io.tmpdir to a directory that is",
                    e);
        }
    }

    /** A directory inside this one, which stays as long as this one does. */
    public DataDirectory child(String name) {
        return kept(path.resolve(name));
    }

    @Override
    public void close() {
        if (!disposable || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> found = Files.walk(path)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
