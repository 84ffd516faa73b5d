package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtException;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.bundle.Bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A bundle's graphs, opened for one {@link Spread}, and how long they took in it. Thread-safe once
 * open.
 */
final class Graphs implements AutoCloseable {
    private final List<GraphSession> opened = new ArrayList<>();
    private final GraphTimes times;

    private Graphs(BundleManifest manifest) {
        this.times = new GraphTimes(manifest);
    }

    static Graphs open(Bundle bundle, OnnxRuntime runtime, Spread spread)
            throws OrtException, BundleMismatchException {
        Graphs graphs = new Graphs(bundle.manifest());
        try {
            graphs.openAll(bundle, runtime, spread);
            return graphs;
        } catch (OrtException | BundleMismatchException | RuntimeException failed) {
            graphs.close();
            throw failed;
        }
    }

    private void openAll(Bundle bundle, OnnxRuntime runtime, Spread spread)
            throws OrtException, BundleMismatchException {
        BundleManifest manifest = bundle.manifest();
        BundleManifest.Tensors names = manifest.tensors();
        int embedding = manifest.embedding();
        Opening opening = new Opening(runtime, spread, bundle);
        opened.add(opening.open(manifest.stem(), Set.of(names.image()), embedding));
        for (BundleManifest.Graph stage : manifest.stages()) {
            opened.add(opening.open(stage, Set.of(names.features()), embedding));
        }
        Set<String> branchInputs = Set.of(names.features(), names.embedding(), names.image());
        for (BundleManifest.Graph branch : manifest.branches()) {
            opened.add(opening.open(branch, branchInputs, manifest.channels()));
        }
    }

    GraphTimes times() {
        return times;
    }

    /** The stem's place. */
    static int stem() {
        return 0;
    }

    /** The place of the stage that leads to a pointer. */
    static int stage(int pointer) {
        return pointer;
    }

    /**
     * The place of a pointer's branch.
     *
     * @param n stages of the model
     */
    static int branch(int n, int pointer) {
        return n + pointer;
    }

    /** The graph at a place. */
    GraphSession get(int place) {
        return opened.get(place);
    }

    @Override
    public void close() {
        opened.forEach(GraphSession::close);
        opened.clear();
    }

    private record Opening(OnnxRuntime runtime, Spread spread, Bundle bundle) {
        GraphSession open(BundleManifest.Graph graph, Set<String> inputs, int outputChannels)
                throws OrtException, BundleMismatchException {
            return GraphSession.open(runtime, spread, bundle, graph, inputs, outputChannels);
        }
    }
}
