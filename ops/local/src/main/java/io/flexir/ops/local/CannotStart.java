package io.flexir.ops.local;

/**
 * A part of the local stack cannot start, for a reason its user can do something about. The message
 * is one line: what is wrong, where, and what to do.
 */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line for the user: what, where, what to do
     */
    public CannotStart(String message) {
        super(message);
    }

    /**
     * @param message one line for the user: what, where, what to do
     * @param cause what was caught, for the log
     */
    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
