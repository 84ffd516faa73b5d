package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.anytime.PixelSeconds;
import io.flexir.worker.restore.bundle.Bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A bundle's graphs, ready to run: a stem, and per pointer a stage and a branch. Thread-safe. */
public final class StagedModel implements AutoCloseable {
    private final Bundle bundle;
    private final OrtEnvironment environment;
    private final List<GraphSession> opened = new ArrayList<>();
    private final GraphTimes times;

    private StagedModel(Bundle bundle, OrtEnvironment environment) {
        this.bundle = bundle;
        this.environment = environment;
        this.times = new GraphTimes(bundle.manifest());
    }

    static StagedModel open(Bundle bundle, OnnxRuntime runtime)
            throws OrtException, BundleMismatchException {
        StagedModel model = new StagedModel(bundle, runtime.environment());
        try {
            model.openAll(runtime);
            return model;
        } catch (OrtException | BundleMismatchException | RuntimeException failed) {
            model.close();
            throw failed;
        }
    }

    private void openAll(OnnxRuntime runtime) throws OrtException, BundleMismatchException {
        BundleManifest manifest = bundle.manifest();
        BundleManifest.Tensors names = manifest.tensors();
        int embedding = manifest.embedding();
        opened.add(
                GraphSession.open(
                        runtime, bundle, manifest.stem(), Set.of(names.image()), embedding));
        for (BundleManifest.Graph stage : manifest.stages()) {
            opened.add(
                    GraphSession.open(runtime, bundle, stage, Set.of(names.features()), embedding));
        }
        Set<String> branchInputs = Set.of(names.features(), names.embedding(), names.image());
        for (BundleManifest.Graph branch : manifest.branches()) {
            opened.add(
                    GraphSession.open(runtime, bundle, branch, branchInputs, manifest.channels()));
        }
    }

    public Bundle bundle() {
        return bundle;
    }

    public BundleManifest manifest() {
        return bundle.manifest();
    }

    /** What its graphs have taken lately, on this worker. */
    public PixelSeconds pixelSeconds() {
        return times.pixelSeconds();
    }

    /** 10^9 multiply-adds a second, measured lately at full depth. */
    public double gigaMacsPerSecond() {
        return times.gigaMacsPerSecond();
    }

    GraphTimes times() {
        return times;
    }

    OrtEnvironment environment() {
        return environment;
    }

    GraphSession stem() {
        return opened.getFirst();
    }

    GraphSession stage(int pointer) {
        return opened.get(pointer);
    }

    GraphSession branch(int pointer) {
        return opened.get(manifest().n() + pointer);
    }

    @Override
    public void close() {
        opened.forEach(GraphSession::close);
        opened.clear();
    }
}
