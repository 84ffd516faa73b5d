package io.flexir.worker.restore.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.bundle.Bundle;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** One graph of a bundle, ready to run. Thread-safe, as ONNX Runtime's sessions are. */
final class GraphSession implements AutoCloseable {
    private static final int RANK = 4;

    private final BundleManifest.Graph graph;
    private final OrtSession session;
    private final String output;
    private final boolean channelsLast;

    private GraphSession(BundleManifest.Graph graph, OrtSession session, boolean channelsLast) {
        this.graph = graph;
        this.session = session;
        this.channelsLast = channelsLast;
        this.output = session.getOutputNames().iterator().next();
    }

    /**
     * Opens a graph and checks that it has the inputs, one output and the channels that the
     * manifest promises.
     *
     * @throws BundleMismatchException when the graph is not what the manifest says
     */
    static GraphSession open(
            OnnxRuntime runtime,
            Spread spread,
            Bundle bundle,
            BundleManifest.Graph graph,
            Set<String> inputs,
            int outputChannels)
            throws OrtException, BundleMismatchException {
        OrtSession session;
        try (OrtSession.SessionOptions options = runtime.graphOptions(spread)) {
            session = runtime.environment().createSession(bundle.file(graph).toString(), options);
        } catch (OrtException unreadable) {
            throw new BundleMismatchException(
                    graph.file() + " is no graph that can be run: " + unreadable.getMessage());
        }
        try {
            TensorInfo output = check(graph, session, inputs, outputChannels);
            return new GraphSession(graph, session, output.getShape()[RANK - 1] > 0);
        } catch (OrtException | BundleMismatchException | RuntimeException mismatch) {
            session.close();
            throw mismatch;
        }
    }

    private static TensorInfo check(
            BundleManifest.Graph graph, OrtSession session, Set<String> inputs, int outputChannels)
            throws OrtException, BundleMismatchException {
        if (!session.getInputNames().equals(inputs)) {
            throw new BundleMismatchException(
                    graph.file()
                            + " has inputs "
                            + new TreeSet<>(session.getInputNames())
                            + ", must have "
                            + new TreeSet<>(inputs));
        }
        if (session.getNumOutputs() != 1) {
            throw new BundleMismatchException(
                    graph.file() + " has " + session.getNumOutputs() + " outputs, must have 1");
        }
        NodeInfo info = session.getOutputInfo().values().iterator().next();
        if (!(info.getInfo() instanceof TensorInfo tensor) || tensor.getShape().length != RANK) {
            throw new BundleMismatchException(
                    graph.file() + " has an output that is no tensor of " + RANK + " dimensions");
        }
        long channels = channels(tensor);
        if (channels >= 0 && channels != outputChannels) {
            throw new BundleMismatchException(
                    graph.file()
                            + " has "
                            + channels
                            + " output channels, the manifest says "
                            + outputChannels);
        }
        return tensor;
    }

    /**
     * The one fixed dimension: images are {@code [N, C, H, W]}, features may be {@code [N, H, W,
     * C]} as well, in which the engine passes them on as they are. Negative if none is fixed.
     */
    private static long channels(TensorInfo tensor) {
        return LongStream.of(tensor.getShape()).max().orElse(-1);
    }

    /**
     * Runs the graph; the result is in memory of ONNX Runtime and belongs to the caller, who closes
     * it.
     */
    OnnxTensor run(Map<String, OnnxTensor> inputs, OrtSession.RunOptions options)
            throws OrtException {
        return (OnnxTensor) session.run(inputs, options).get(0);
    }

    /** Runs the graph into a tensor of the caller. */
    void runInto(OnnxTensor result, Map<String, OnnxTensor> inputs, OrtSession.RunOptions options)
            throws OrtException {
        session.run(inputs, Set.of(), Map.of(output, result), options).close();
    }

    /** Whether what it gives is {@code [N, H, W, C]}. */
    boolean givesChannelsLast() {
        return channelsLast;
    }

    BundleManifest.Graph graph() {
        return graph;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failed) {
            throw new InferenceException("closing " + graph.file() + " failed", failed);
        }
    }
}
