package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process's one ONNX Runtime with its one thread pool. Who asks first decides the number of
 * threads.
 */
final class OnnxRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);

    private static @Nullable OnnxRuntime shared;

    private final OrtEnvironment environment;
    private final RuntimeSettings settings;

    private OnnxRuntime(RuntimeSettings settings) throws OrtException {
        this.settings = settings;
        try (OrtEnvironment.ThreadingOptions threads = new OrtEnvironment.ThreadingOptions()) {
            threads.setGlobalIntraOpNumThreads(settings.intraThreads());
            threads.setGlobalInterOpNumThreads(settings.interThreads());
            threads.setGlobalSpinControl(settings.spin());
            environment =
                    OrtEnvironment.getEnvironment(
                            OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "flexir", threads);
        }
        LOG.info(
                "event=runtime_started onnxruntime={} intraThreads={} interThreads={}",
                environment.getVersion(),
                settings.intraThreads(),
                settings.interThreads());
    }

    static synchronized OnnxRuntime shared(RuntimeSettings settings) throws OrtException {
        OnnxRuntime runtime = shared;
        if (runtime == null) {
            runtime = new OnnxRuntime(settings);
            shared = runtime;
        } else if (runtime.settings.intraThreads() != settings.intraThreads()) {
            LOG.warn(
                    "event=runtime_threads_ignored asked={} used={}",
                    settings.intraThreads(),
                    runtime.settings.intraThreads());
        }
        return runtime;
    }

    OrtEnvironment environment() {
        return environment;
    }

    /**
     * Options for a graph of changing shapes: shared threads, and no arena that would keep its peak
     * for each of many sessions.
     */
    OrtSession.SessionOptions sessionOptions() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.disablePerSessionThreads();
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        return options;
    }
}
