package io.flexir.ops.bench.speed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import io.flexir.worker.restore.model.Accelerator;
import io.flexir.worker.restore.model.Cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/**
 * A network of one depth as a single graph, run as the engine runs its parts: by the process's
 * thread pool, without an arena.
 */
final class FusedGraph implements AutoCloseable {

    private static final double GIGA = 1e9;

    private final OrtSession session;
    private final OnnxTensor image;

    private FusedGraph(OrtSession session, OnnxTensor image) {
        this.session = session;
        this.image = image;
    }

    /**
     * Loads a graph. The engine has been started, and with it ONNX Runtime's thread pool.
     *
     * @param size width and height of the image, a multiple of the model's grid
     */
    static FusedGraph open(Path file, int channels, int size, Accelerator accelerator) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = options()) {
            if (accelerator instanceof Accelerator.Cuda gpu) {
                Cuda.addTo(options, gpu);
            }
            return new FusedGraph(
                    environment.createSession(file.toString(), options),
                    OnnxTensor.createTensor(
                            environment,
                            noise(channels * size * size),
                            new long[] {1, channels, size, size}));
        } catch (OrtException e) {
            throw new IllegalStateException("the fused graph " + file + " does not load", e);
        }
    }

    /** As the engine's. */
    static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.disablePerSessionThreads();
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        return options;
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

    /** Seconds of one image, the mean of as many as fill {@code fill} seconds. */
    double seconds(double fill) {
        long began = System.nanoTime();
        int images = 0;
        try {
            do {
                session.run(Map.of("image", image)).close();
                images++;
            } while (System.nanoTime() - began < fill * GIGA);
        } catch (OrtException e) {
            throw new IllegalStateException("the fused graph does not run", e);
        }
        return (System.nanoTime() - began) / GIGA / images;
    }

    @Override
    public void close() {
        image.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the fused graph does not close", e);
        }
    }
}
