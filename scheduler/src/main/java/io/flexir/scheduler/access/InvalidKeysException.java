package io.flexir.scheduler.access;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** A file of keys that cannot be gone by. */
public final class InvalidKeysException extends RuntimeException {
    InvalidKeysException(Path file, String problem, @Nullable Exception cause) {
        super("the file of keys " + file + ": " + problem, cause);
    }
}
