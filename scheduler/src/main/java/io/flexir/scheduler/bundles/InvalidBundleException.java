package io.flexir.scheduler.bundles;

/** The bundle directory is not what it must be; the message says what to change. */
public final class InvalidBundleException extends RuntimeException {
    public InvalidBundleException(String message) {
        super(message);
    }

    public InvalidBundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
