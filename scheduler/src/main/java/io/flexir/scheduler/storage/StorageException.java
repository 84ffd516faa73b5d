package io.flexir.scheduler.storage;

/** The object store did not answer, or not as an S3 server does: worth another try later. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String what, Throwable cause) {
        super(what, cause);
    }
}
