package io.flexir.worker.restore.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;

import io.flexir.contracts.bundle.BundleManifest;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * One tile on its way through a model, a stage at a time. Owns the embedding and the newest
 * features, which go from graph to graph without a copy. Belongs to one thread.
 */
@SuppressWarnings("ReferenceEquality") // asks whether it is the same native tensor
public final class Pass implements AutoCloseable {
    private final JobRun run;
    private final int width;
    private final int height;
    private final OnnxTensor image;
    private final OnnxTensor embedding;
    private OnnxTensor features;
    private int pointer;

    private Pass(JobRun run, int width, int height, OnnxTensor image, OnnxTensor embedding) {
        this.run = run;
        this.width = width;
        this.height = height;
        this.image = image;
        this.embedding = embedding;
        this.features = embedding;
    }

    static Pass start(JobRun run, FloatBuffer pixels, int width, int height) {
        StagedModel model = run.model();
        OnnxTensor image = tensor(model, pixels, width, height);
        try {
            OnnxTensor embedding =
                    run.measured(
                            Graphs.stem(),
                            (long) width * height,
                            stem ->
                                    stem.run(
                                            Map.of(model.manifest().tensors().image(), image),
                                            run.options()));
            return new Pass(run, width, height, image, embedding);
        } catch (RuntimeException | Error failed) {
            image.close();
            throw failed;
        }
    }

    private static OnnxTensor tensor(StagedModel model, FloatBuffer pixels, int width, int height) {
        BundleManifest manifest = model.manifest();
        if (!pixels.isDirect() || width % manifest.grid() != 0 || height % manifest.grid() != 0) {
            throw new IllegalArgumentException(
                    "a tile must be a direct buffer on the grid of "
                            + manifest.grid()
                            + ", is "
                            + width
                            + "x"
                            + height);
        }
        return wrap(model, pixels, manifest.channels(), width, height);
    }

    private static OnnxTensor wrap(
            StagedModel model, FloatBuffer floats, int channels, int width, int height) {
        return wrap(model, floats, 1, channels, height, width);
    }

    /** A tensor of this shape over a buffer, without a copy. */
    static OnnxTensor wrap(StagedModel model, FloatBuffer floats, long... shape) {
        try {
            return OnnxTensor.createTensor(model.environment(), floats, shape);
        } catch (OrtException failed) {
            throw new InferenceException(
                    "wrapping a tensor of " + Arrays.toString(shape) + " failed", failed);
        }
    }

    /** Stages that were run. */
    public int pointer() {
        return pointer;
    }

    /** Runs the next stage. */
    public void advance() {
        StagedModel model = run.model();
        OnnxTensor before = features;
        features =
                run.measured(
                        Graphs.stage(pointer + 1),
                        pixels(),
                        stage ->
                                stage.run(
                                        Map.of(model.manifest().tensors().features(), before),
                                        run.options()));
        if (before != embedding) {
            before.close();
        }
        pointer++;
    }

    /**
     * Runs the branch of the stage that was reached.
     *
     * @param restored direct buffer for {@code [C, height * scale, width * scale]}; not clamped
     */
    public void branch(FloatBuffer restored) {
        StagedModel model = run.model();
        BundleManifest manifest = model.manifest();
        BundleManifest.Tensors names = manifest.tensors();
        int scale = manifest.scale();
        try (OnnxTensor result =
                wrap(model, restored, manifest.channels(), width * scale, height * scale)) {
            Map<String, OnnxTensor> inputs =
                    Map.of(
                            names.features(),
                            features,
                            names.embedding(),
                            embedding,
                            names.image(),
                            image);
            run.<Boolean>measured(
                    Graphs.branch(manifest.n(), pointer),
                    pixels(),
                    branch -> {
                        branch.runInto(result, inputs, run.options());
                        return true;
                    });
        }
    }

    private long pixels() {
        return (long) width * height;
    }

    @Override
    public void close() {
        if (features != embedding) {
            features.close();
        }
        embedding.close();
        image.close();
    }
}
