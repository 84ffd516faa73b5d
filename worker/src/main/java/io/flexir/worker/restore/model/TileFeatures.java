package io.flexir.worker.restore.model;

import ai.onnxruntime.OnnxTensor;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.PooledBuffer;
import io.flexir.worker.restore.region.Rect;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The features of one tile, first as deep everywhere, then in places deeper: a stage is run over
 * parts, which read what lies around them as deep as it is there. All rectangles are in pixels of
 * the tile and on the grid; what parts read beyond their border is cut at the tile's. Belongs to
 * one thread.
 */
public final class TileFeatures implements AutoCloseable {
    private final JobRun run;
    private final BufferPool buffers;
    private final FloatBuffer image;
    private final Rect tile;
    private final PooledBuffer embedding;
    private PooledBuffer features;
    private int pointer;

    private TileFeatures(
            JobRun run, BufferPool buffers, FloatBuffer image, Rect tile, PooledBuffer embedding) {
        this.run = run;
        this.buffers = buffers;
        this.image = image;
        this.tile = tile;
        this.embedding = embedding;
        this.features = embedding;
    }

    /**
     * Runs the stem.
     *
     * @param image direct buffer, planar {@code [C, height, width]}; must stay as it is until this
     *     is closed
     * @param width multiple of the bundle's grid
     * @param height multiple of the bundle's grid
     */
    public static TileFeatures begin(
            JobRun run, FloatBuffer image, int width, int height, BufferPool buffers) {
        Rect tile = new Rect(0, 0, width, height);
        PooledBuffer embedding = buffers.lease(floats(run.model(), tile));
        TileFeatures begun = new TileFeatures(run, buffers, image, tile, embedding);
        try {
            begun.runStem();
            return begun;
        } catch (RuntimeException | Error failed) {
            begun.close();
            throw failed;
        }
    }

    private static int floats(StagedModel model, Rect part) {
        BundleManifest manifest = model.manifest();
        long unshuffle = manifest.unshuffle();
        return Math.toIntExact(manifest.embedding() * part.pixels() / (unshuffle * unshuffle));
    }

    private void runStem() {
        StagedModel model = run.model();
        Map<String, Planes> inputs = Map.of(model.manifest().tensors().image(), image(image, tile));
        run(Graphs.stem(), inputs, features(embedding.floats(), tile), tile);
    }

    /** Stages that were run, where it is deepest. */
    public int pointer() {
        return pointer;
    }

    /** Runs the next stage over the whole tile, which must be as deep everywhere. */
    public void advance() {
        PooledBuffer deeper = buffers.lease(floats(run.model(), tile));
        try {
            runStage(features.floats(), deeper.floats(), tile);
        } catch (RuntimeException | Error failed) {
            deeper.close();
            throw failed;
        }
        if (features != embedding) {
            features.close();
        }
        features = deeper;
        pointer++;
    }

    /**
     * Runs the next stage over parts alone, at least one stage after the stem.
     *
     * @param parts disjoint; as deep as any
     * @param margin how far beyond its border each part reads
     */
    public void advance(List<Rect> parts, int margin) {
        if (parts.equals(List.of(tile))) {
            advance();
            return;
        }
        List<Patch> patches = new ArrayList<>();
        try {
            for (Rect part : parts) {
                patches.add(deeper(part.grown(margin, tile), part));
            }
            Planes canvas = features(features.floats(), tile);
            for (Patch patch : patches) {
                canvas.put(patch.read(), patch.values().floats(), patch.read());
            }
            for (Patch patch : patches) {
                canvas.put(patch.part(), patch.values().floats(), patch.read());
            }
        } finally {
            patches.forEach(patch -> patch.values().close());
        }
        pointer++;
    }

    private Patch deeper(Rect read, Rect part) {
        int floats = floats(run.model(), read);
        PooledBuffer after = buffers.lease(floats);
        try (PooledBuffer before = buffers.lease(floats)) {
            features(features.floats(), tile).take(tokens(read), before.floats());
            runStage(before.floats(), after.floats(), read);
            return new Patch(tokens(read), tokens(part), after);
        } catch (RuntimeException | Error failed) {
            after.close();
            throw failed;
        }
    }

    private void runStage(FloatBuffer before, FloatBuffer after, Rect part) {
        StagedModel model = run.model();
        Map<String, Planes> inputs =
                Map.of(model.manifest().tensors().features(), features(before, part));
        int next = pointer + 1;
        run(Graphs.stage(next), inputs, features(after, part), part);
    }

    /**
     * Runs the branch of the deepest stage over a part.
     *
     * @param part multiples of the bundle's unshuffle
     * @param restored direct buffer for {@code [C, height * scale, width * scale]} of the part; not
     *     clamped
     */
    public void branch(Rect part, FloatBuffer restored) {
        StagedModel model = run.model();
        BundleManifest manifest = model.manifest();
        int scale = manifest.scale();
        int floats = floats(model, part);
        try (PooledBuffer partFeatures = buffers.lease(floats);
                PooledBuffer partEmbedding = buffers.lease(floats);
                PooledBuffer partImage =
                        buffers.lease(Math.toIntExact(manifest.channels() * part.pixels()))) {
            features(features.floats(), tile).take(tokens(part), partFeatures.floats());
            features(embedding.floats(), tile).take(tokens(part), partEmbedding.floats());
            image(image, tile).take(part, partImage.floats());
            Map<String, Planes> inputs =
                    Map.of(
                            manifest.tensors().features(),
                            features(partFeatures.floats(), part),
                            manifest.tensors().embedding(),
                            features(partEmbedding.floats(), part),
                            manifest.tensors().image(),
                            image(partImage.floats(), part));
            Planes output =
                    new Planes(
                            restored,
                            manifest.channels(),
                            false,
                            part.width() * scale,
                            part.height() * scale);
            run(Graphs.branch(manifest.n(), pointer), inputs, output, part);
        }
    }

    private Planes image(FloatBuffer values, Rect part) {
        int channels = run.model().manifest().channels();
        return new Planes(values, channels, false, part.width(), part.height());
    }

    private Planes features(FloatBuffer values, Rect part) {
        StagedModel model = run.model();
        Rect tokens = tokens(part);
        return new Planes(
                values,
                model.manifest().embedding(),
                run.graphs().get(Graphs.stem()).givesChannelsLast(),
                tokens.width(),
                tokens.height());
    }

    private Rect tokens(Rect part) {
        int unshuffle = run.model().manifest().unshuffle();
        return new Rect(
                part.x() / unshuffle,
                part.y() / unshuffle,
                part.width() / unshuffle,
                part.height() / unshuffle);
    }

    private void run(int place, Map<String, Planes> inputs, Planes output, Rect part) {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try (OnnxTensor result = tensor(output)) {
            inputs.forEach((name, planes) -> tensors.put(name, tensor(planes)));
            run.<Boolean>measured(
                    place,
                    part.pixels(),
                    graph -> {
                        graph.runInto(result, tensors, run.options());
                        return true;
                    });
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Planes planes) {
        return Pass.wrap(run.model(), planes.values(), planes.shape());
    }

    @Override
    public void close() {
        if (features != embedding) {
            features.close();
        }
        embedding.close();
    }

    /**
     * A part after its stage, in feature pixels.
     *
     * @param read what the stage read and gave: the part and its margin
     * @param part the part itself
     */
    private record Patch(Rect read, Rect part, PooledBuffer values) {}
}
