package io.flexir.worker.restore.model;

/** What ONNX Runtime computes on beside the processor. */
public sealed interface Accelerator {
    /** Nothing. */
    record None() implements Accelerator {}

    /**
     * A GPU of NVIDIA's.
     *
     * @param index its number, from 0
     * @param memoryBytes bound on its memory that each graph's arena takes; 0 is none
     */
    record Cuda(int index, long memoryBytes) implements Accelerator {
        public Cuda {
            if (index < 0 || memoryBytes < 0) {
                throw new IllegalArgumentException(
                        "index and memoryBytes must not be negative, are "
                                + index
                                + " and "
                                + memoryBytes);
            }
        }
    }
}
