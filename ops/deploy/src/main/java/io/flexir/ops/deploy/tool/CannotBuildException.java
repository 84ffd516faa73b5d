package io.flexir.ops.deploy.tool;

/** An image cannot be built here, for a reason that a person can act on. */
public final class CannotBuildException extends RuntimeException {
    public CannotBuildException(String message) {
        super(message);
    }

    public CannotBuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
