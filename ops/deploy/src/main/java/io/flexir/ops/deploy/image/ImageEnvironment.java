package io.flexir.ops.deploy.image;

import io.flexir.worker.HeapTuning;

import java.util.Map;
import java.util.TreeMap;

/** What the processes in the images are told, until somebody who runs them says otherwise. */
final class ImageEnvironment {
    private static final String EVERYWHERE = "0.0.0.0";

    private ImageEnvironment() {}

    static Map<String, String> of(ImageKind kind) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("FLEXIR_BUNDLES", ImageTree.MODELS);
        switch (kind) {
            case SCHEDULER -> {
                environment.put("FLEXIR_HOST", EVERYWHERE);
                environment.put("FLEXIR_MANAGEMENT_HOST", EVERYWHERE);
                environment.put("JDK_JAVA_OPTIONS", "-XX:MaxRAMPercentage=60");
            }
            case WORKER_CPU, WORKER_CUDA -> {
                environment.put("FLEXIR_MANAGEMENT_HOST", EVERYWHERE);
                environment.put("FLEXIR_DEVICE", kind == ImageKind.WORKER_CPU ? "cpu" : "cuda");
                // The network's tensors lie beside the Java heap, which holds images alone.
                environment.put("JDK_JAVA_OPTIONS", "-Xmx1g");
                environment.putAll(HeapTuning.environment(1));
                // ONNX Runtime would end the process where it finds no certificates to tell
                // Microsoft by.
                environment.put("ORT_DISABLE_TELEMETRY", "1");
            }
            case OPS -> environment.put("JDK_JAVA_OPTIONS", "-XX:MaxRAMPercentage=60");
        }
        return environment;
    }
}
