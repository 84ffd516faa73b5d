package io.flexir.worker.restore.model;

/**
 * ONNX Runtime failed where it must not, for example because memory ran out. The message says in
 * which graph at which size.
 */
public final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
