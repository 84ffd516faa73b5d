package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.anytime.PixelSeconds;
import io.flexir.worker.restore.bundle.Bundle;

import org.jspecify.annotations.Nullable;

/**
 * A bundle's graphs, ready to run: a stem, and per pointer a stage and a branch. Thread-safe. They
 * are opened a second time, for one thread each, once jobs run side by side.
 */
public final class StagedModel implements AutoCloseable {
    private final Bundle bundle;
    private final OnnxRuntime runtime;
    private final Graphs allThreads;
    private final long tilePixels;
    private volatile @Nullable Graphs oneThread;

    private StagedModel(Bundle bundle, OnnxRuntime runtime, Graphs allThreads, long tilePixels) {
        this.bundle = bundle;
        this.runtime = runtime;
        this.allThreads = allThreads;
        this.tilePixels = tilePixels;
    }

    /**
     * @param tilePixels of the largest memory tile that it will be fed
     */
    static StagedModel open(Bundle bundle, OnnxRuntime runtime, long tilePixels)
            throws OrtException, BundleMismatchException {
        Graphs graphs = Graphs.open(bundle, runtime, Spread.ALL_THREADS);
        StagedModel model = new StagedModel(bundle, runtime, graphs, tilePixels);
        try {
            WarmUp.run(model, graphs, runtime.accelerator(), tilePixels);
            return model;
        } catch (RuntimeException failed) {
            model.close();
            throw failed;
        }
    }

    public Bundle bundle() {
        return bundle;
    }

    public BundleManifest manifest() {
        return bundle.manifest();
    }

    /** What its graphs have taken lately on this worker, among as many jobs as there are now. */
    public PixelSeconds pixelSeconds() {
        return times().pixelSeconds();
    }

    /** 10^9 multiply-adds a second of one job at full depth, among as many as there are now. */
    public double gigaMacsPerSecond() {
        return times().gigaMacsPerSecond();
    }

    private GraphTimes times() {
        Graphs opened = oneThread;
        return opened != null && runtime.crowd().spread() == Spread.ONE_THREAD
                ? opened.times()
                : allThreads.times();
    }

    /** Those to run next. */
    Graphs graphs() {
        return switch (runtime.crowd().spread()) {
            case ALL_THREADS -> allThreads;
            case ONE_THREAD -> {
                Graphs opened = oneThread;
                yield opened == null ? openForOneThread() : opened;
            }
        };
    }

    private synchronized Graphs openForOneThread() {
        Graphs present = oneThread;
        if (present != null) {
            return present;
        }
        Graphs opened = openAgain();
        try {
            WarmUp.run(this, opened, runtime.accelerator(), tilePixels);
        } catch (RuntimeException failed) {
            opened.close();
            throw failed;
        }
        oneThread = opened;
        return opened;
    }

    private Graphs openAgain() {
        try {
            return Graphs.open(bundle, runtime, Spread.ONE_THREAD);
        } catch (OrtException | BundleMismatchException failed) {
            throw new InferenceException(
                    "bundle " + manifest().name() + " cannot be opened again", failed);
        }
    }

    Crowd crowd() {
        return runtime.crowd();
    }

    OrtEnvironment environment() {
        return runtime.environment();
    }

    @Override
    public void close() {
        allThreads.close();
        Graphs opened = oneThread;
        if (opened != null) {
            opened.close();
        }
    }
}
