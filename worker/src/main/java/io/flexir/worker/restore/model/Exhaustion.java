package io.flexir.worker.restore.model;

import java.util.List;
import java.util.Locale;

/** Tells by ONNX Runtime's words whether it failed for want of memory: it has no code for that. */
final class Exhaustion {
    /** The C++ library's, the arenas', CUDA's, cuDNN's and cuBLAS' words. */
    private static final List<String> WORDS =
            List.of(
                    "bad_alloc",
                    "bad allocation",
                    "failed to allocate memory",
                    "out of memory",
                    "alloc_failed",
                    "cudaerrormemoryallocation");

    private Exhaustion() {}

    static boolean isTold(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }
}
