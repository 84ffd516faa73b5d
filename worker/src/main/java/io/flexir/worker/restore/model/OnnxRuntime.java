package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The process's one ONNX Runtime with its one thread pool. Who asks first decides the number of
 * threads.
 */
final class OnnxRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);

    /** Reserved, not used: enough for a command line of a million characters. */
    private static final long START_STACK_BYTES = 256L << 20;

    /** Where a processor has no VNNI, 16-bit sums of a model's 8-bit products would overflow. */
    private static final String WIDE_SUMS = "session.x64quantprecision";

    private static @Nullable OnnxRuntime shared;

    private final OrtEnvironment environment;
    private final RuntimeSettings settings;
    private final Crowd crowd;

    private OnnxRuntime(RuntimeSettings settings) throws OrtException {
        this.settings = settings;
        this.crowd = Crowd.of(settings, System.getenv());
        this.environment = createOnDeepStack(settings);
        LOG.info(
                "event=runtime_started onnxruntime={} intraThreads={} interThreads={}",
                environment.getVersion(),
                settings.intraThreads(),
                settings.interThreads());
    }

    /**
     * ONNX Runtime's start matches the process's command line against a pattern that recurses once
     * a character: on a thread of usual size, 4 KB of class path end the process.
     */
    private static OrtEnvironment createOnDeepStack(RuntimeSettings settings) throws OrtException {
        FutureTask<OrtEnvironment> creation = new FutureTask<>(() -> create(settings));
        new Thread(null, creation, "onnxruntime-start", START_STACK_BYTES).start();
        try {
            return creation.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof OrtException problem) {
                throw problem;
            }
            throw new IllegalStateException("ONNX Runtime did not start", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime started", stopped);
        }
    }

    private static OrtEnvironment create(RuntimeSettings settings) throws OrtException {
        try (OrtEnvironment.ThreadingOptions threads = new OrtEnvironment.ThreadingOptions()) {
            threads.setGlobalIntraOpNumThreads(settings.intraThreads());
            threads.setGlobalInterOpNumThreads(settings.interThreads());
            threads.setGlobalSpinControl(settings.spin());
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(
                            OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "flexir", threads);
            environment.setTelemetry(false);
            return environment;
        }
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

    /** Of all models' jobs. */
    Crowd crowd() {
        return crowd;
    }

    Accelerator accelerator() {
        return settings.accelerator();
    }

    OrtEnvironment environment() {
        return environment;
    }

    /**
     * Options for a graph of changing shapes: no threads of its own, and no arena that would keep
     * its peak for each of many sessions.
     */
    static OrtSession.SessionOptions sessionOptions(Spread spread) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        switch (spread) {
            case ALL_THREADS -> options.disablePerSessionThreads();
            case ONE_THREAD -> options.setIntraOpNumThreads(1);
        }
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        options.addConfigEntry(WIDE_SUMS, "1");
        return options;
    }

    /** The same for a graph that is to run where the settings say. */
    OrtSession.SessionOptions graphOptions(Spread spread) throws OrtException {
        OrtSession.SessionOptions options = sessionOptions(spread);
        switch (settings.accelerator()) {
            case Accelerator.None() -> {}
            case Accelerator.Cuda gpu -> Cuda.addTo(options, gpu);
        }
        return options;
    }
}
