package io.flexir.ops.bench.speed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import io.flexir.contracts.bundle.BundleManifest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A bundle's graphs one after the other to one depth, over several tiles of one shape at once, run
 * as the engine runs them over one.
 */
final class BatchedGraphs implements AutoCloseable {

    private final BundleManifest manifest;
    private final OnnxTensor images;
    private final List<OrtSession> stages = new ArrayList<>();
    private final OrtSession branch;

    private BatchedGraphs(
            BundleManifest manifest,
            OnnxTensor images,
            List<OrtSession> stages,
            OrtSession branch) {
        this.manifest = manifest;
        this.images = images;
        this.stages.addAll(stages);
        this.branch = branch;
    }

    /**
     * Loads the stem, the stages up to {@code pointer}, and its branch. The engine has been
     * started, and with it ONNX Runtime's thread pool.
     *
     * @param size width and height of a tile, a multiple of the model's grid
     * @param batch tiles at once
     */
    static BatchedGraphs open(
            Path bundle, BundleManifest manifest, int size, int pointer, int batch) {
        try {
            List<OrtSession> stages = new ArrayList<>();
            stages.add(session(bundle, manifest.stem()));
            for (BundleManifest.Graph stage : manifest.stages().subList(0, pointer)) {
                stages.add(session(bundle, stage));
            }
            int channels = manifest.channels();
            OnnxTensor images =
                    OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(),
                            noise(batch * channels * size * size),
                            new long[] {batch, channels, size, size});
            OrtSession branch = session(bundle, manifest.branches().get(pointer - 1));
            return new BatchedGraphs(manifest, images, stages, branch);
        } catch (OrtException e) {
            throw new IllegalStateException("a graph of " + bundle + " does not load", e);
        }
    }

    private static OrtSession session(Path bundle, BundleManifest.Graph graph) throws OrtException {
        try (OrtSession.SessionOptions options = FusedGraph.options()) {
            return OrtEnvironment.getEnvironment()
                    .createSession(bundle.resolve(graph.file()).toString(), options);
        }
    }

    private static FloatBuffer noise(int floats) {
        FloatBuffer pixels =
                ByteBuffer.allocateDirect(floats * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        Random random = new Random(0);
        while (pixels.hasRemaining()) {
            pixels.put(random.nextFloat());
        }
        return pixels.flip();
    }

    /** Restores the batch once. */
    void run() {
        BundleManifest.Tensors names = manifest.tensors();
        try (OrtSession.Result embedding = stages.getFirst().run(Map.of(names.image(), images))) {
            OnnxTensor stem = (OnnxTensor) embedding.get(0);
            OrtSession.Result before = null;
            OnnxTensor features = stem;
            for (OrtSession stage : stages.subList(1, stages.size())) {
                OrtSession.Result after = stage.run(Map.of(names.features(), features));
                if (before != null) {
                    before.close();
                }
                before = after;
                features = (OnnxTensor) after.get(0);
            }
            Map<String, OnnxTensor> inputs =
                    Map.of(
                            names.features(),
                            features,
                            names.embedding(),
                            stem,
                            names.image(),
                            images);
            branch.run(inputs).close();
            if (before != null) {
                before.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("a graph does not run", e);
        }
    }

    @Override
    public void close() {
        images.close();
        try {
            for (OrtSession stage : stages) {
                stage.close();
            }
            branch.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a graph does not close", e);
        }
    }
}
