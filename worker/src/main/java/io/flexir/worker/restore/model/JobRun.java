package io.flexir.worker.restore.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import io.flexir.worker.restore.memory.MemoryExhaustedException;

import java.nio.FloatBuffer;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One job's use of a model: runs graphs, counts what they cost, and ends when the job is cancelled.
 * Belongs to one thread.
 */
public final class JobRun implements AutoCloseable {
    private static final double GIGA = 1e9;

    private final StagedModel model;
    private final Cancellation cancellation;
    private final LongSupplier nanoTime;
    private final OrtSession.RunOptions options;
    private final Supplier<Graphs> graphs;
    private double macs;
    private long nanos;

    /**
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    public JobRun(StagedModel model, Cancellation cancellation, LongSupplier nanoTime) {
        this(model, model::graphs, cancellation, nanoTime);
    }

    private JobRun(
            StagedModel model,
            Supplier<Graphs> graphs,
            Cancellation cancellation,
            LongSupplier nanoTime) {
        this.model = model;
        this.graphs = graphs;
        this.cancellation = cancellation;
        this.nanoTime = nanoTime;
        try {
            this.options = new OrtSession.RunOptions();
        } catch (OrtException failed) {
            throw new InferenceException("creating run options failed", failed);
        }
        cancellation.attach(options);
        model.crowd().enter();
    }

    /** A run that uses these graphs, however many jobs there are. */
    static JobRun with(Graphs graphs, StagedModel model) {
        return new JobRun(model, () -> graphs, new Cancellation(), System::nanoTime);
    }

    /**
     * Starts a tile on its way by running the stem.
     *
     * @param image direct buffer, planar {@code [C, height, width]}; must stay as it is until the
     *     pass is closed
     * @param width multiple of the bundle's grid
     * @param height multiple of the bundle's grid
     * @throws CancellationException when the job is cancelled
     */
    public Pass start(FloatBuffer image, int width, int height) {
        return Pass.start(this, image, width, height);
    }

    /** Multiply-adds of every graph that was run, in 10^9. */
    public double gigaMacs() {
        return macs / GIGA;
    }

    /** Wall seconds within graphs. */
    public double seconds() {
        return nanos / GIGA;
    }

    /** The model that is run. */
    public StagedModel model() {
        return model;
    }

    OrtSession.RunOptions options() {
        return options;
    }

    /** Those to run next; the crowd may change from one to the next. */
    Graphs graphs() {
        return graphs.get();
    }

    /**
     * Runs a graph.
     *
     * @param graph its place among {@link Graphs}
     */
    <T> T measured(int graph, long pixels, Call<T> call) {
        Graphs used = graphs();
        GraphSession session = used.get(graph);
        if (cancellation.isCancelled()) {
            throw new CancellationException();
        }
        long start = nanoTime.getAsLong();
        try {
            T result = call.run(session);
            long took = nanoTime.getAsLong() - start;
            nanos += took;
            macs += session.graph().macsPerPixel() * pixels;
            used.times().record(graph, pixels, took / GIGA);
            return result;
        } catch (OrtException failed) {
            if (cancellation.isCancelled()) {
                throw (CancellationException) new CancellationException().initCause(failed);
            }
            throw problem(session, pixels, failed);
        }
    }

    private RuntimeException problem(GraphSession session, long pixels, OrtException failed) {
        String detail = String.valueOf(failed.getMessage());
        String what =
                "running "
                        + session.graph().file()
                        + " of bundle "
                        + model.manifest().name()
                        + " over "
                        + pixels
                        + " pixels failed: "
                        + detail;
        return Exhaustion.isTold(detail)
                ? new MemoryExhaustedException(what, failed)
                : new InferenceException(what, failed);
    }

    @Override
    public void close() {
        model.crowd().leave();
        cancellation.detach();
        options.close();
    }

    /** Something that ONNX Runtime does. */
    @FunctionalInterface
    interface Call<T> {
        T run(GraphSession session) throws OrtException;
    }
}
