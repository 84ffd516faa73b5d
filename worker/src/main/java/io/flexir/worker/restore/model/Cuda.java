package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

import java.util.Optional;

/** ONNX Runtime's CUDA provider: whether it is there, and how its sessions are set up. */
public final class Cuda {
    /** In the jar of the build for CUDA alone. */
    private static final String PROVIDER =
            "/ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";

    private Cuda() {}

    /**
     * What is missing and what to do about it, in a sentence; empty when graphs can run on the GPU.
     * Loads CUDA's libraries.
     *
     * @param settings of the process's ONNX Runtime, which this starts
     */
    public static Optional<String> missing(RuntimeSettings settings, Accelerator.Cuda gpu) {
        if (OrtEnvironment.class.getResource(PROVIDER) == null) {
            return Optional.of(
                    "this build has no CUDA provider: build with mvn -Pgpu, or choose --device cpu");
        }
        try {
            OnnxRuntime.shared(settings);
            options(gpu).close();
            return Optional.empty();
        } catch (OrtException | UnsatisfiedLinkError problem) {
            return Optional.of(
                    "CUDA cannot be used ("
                            + String.valueOf(problem.getMessage()).replaceAll("\\s+", " ").strip()
                            + "): install NVIDIA's driver, CUDA 12 and cuDNN 9, name their libraries'"
                            + " directories in LD_LIBRARY_PATH, or choose --device cpu");
        }
    }

    private static OrtSession.SessionOptions options(Accelerator.Cuda gpu) throws OrtException {
        OrtSession.SessionOptions options = OnnxRuntime.sessionOptions(Spread.ALL_THREADS);
        try {
            addTo(options, gpu);
            return options;
        } catch (OrtException | RuntimeException failed) {
            options.close();
            throw failed;
        }
    }

    /** Lets a session run on the GPU; what cannot runs on the processor. */
    public static void addTo(OrtSession.SessionOptions options, Accelerator.Cuda gpu)
            throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu.index())) {
            // Only as much as is asked for: thirteen sessions would each double their arena.
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            if (gpu.memoryBytes() > 0) {
                cuda.add("gpu_mem_limit", Long.toString(gpu.memoryBytes()));
            }
            options.addCUDA(cuda);
        }
    }
}
