package io.flexir.worker.restore.memory;

/** A device or the process has no memory for what was asked; with a smaller tile it may have. */
public final class MemoryExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what was to be done. */
    public MemoryExhaustedException(String message, Throwable cause) {
        super(message, cause);
    }
}
