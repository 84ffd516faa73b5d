package io.flexir.scheduler.api;

/** A certificate and its key cannot be used; the message says which and why. */
public final class InvalidTlsException extends RuntimeException {
    InvalidTlsException(TlsFiles files, String problem, Throwable cause) {
        super(
                "Certificate "
                        + files.certificate()
                        + " and key "
                        + files.key()
                        + " cannot be used: "
                        + problem,
                cause);
    }
}
