package io.flexir.worker;

/** The device that a worker was told to compute on cannot be used; the message says what to do. */
public final class DeviceMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeviceMissingException(String message) {
        super(message);
    }
}
