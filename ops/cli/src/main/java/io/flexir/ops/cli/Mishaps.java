package io.flexir.ops.cli;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;

/**
 * What went wrong with one of several things that were asked for, and did not keep the others from
 * being done. Not thread-safe.
 */
final class Mishaps {
    private final PrintWriter err;
    private @Nullable RuntimeException first;

    Mishaps(PrintWriter err) {
        this.err = err;
    }

    /** Tells of it, on one line, and remembers it. */
    void tell(String what, RuntimeException mishap) {
        err.println("flexir: " + what + ": " + mishap.getMessage());
        err.flush();
        first = first == null ? mishap : first;
    }

    /**
     * @param otherwise where nothing went wrong
     */
    int exitCode(int otherwise) {
        return first == null ? otherwise : ExitCode.of(first);
    }
}
