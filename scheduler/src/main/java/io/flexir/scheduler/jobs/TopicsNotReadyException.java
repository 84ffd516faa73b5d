package io.flexir.scheduler.jobs;

/** The broker is not what the scheduler needs; the message says what to do. */
public final class TopicsNotReadyException extends RuntimeException {
    TopicsNotReadyException(String message) {
        super(message);
    }

    TopicsNotReadyException(String message, Throwable cause) {
        super(message, cause);
    }
}
