package io.flexir.worker.restore.model;

/** A graph is not what its manifest says. The message names the file. */
final class BundleMismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    BundleMismatchException(String message) {
        super(message);
    }
}
