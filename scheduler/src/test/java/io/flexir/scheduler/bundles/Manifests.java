package io.flexir.scheduler.bundles;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.BundleManifest.Calibration;
import io.flexir.contracts.bundle.BundleManifest.Graph;
import io.flexir.contracts.bundle.BundleManifest.Region;
import io.flexir.contracts.bundle.BundleManifest.Tensors;
import io.flexir.contracts.bundle.Task;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Manifests of models whose every graph costs the same. */
public final class Manifests {
    /** Multiply-adds per pixel of each graph: a run to P costs (P + 2) of them. */
    public static final double GRAPH_MACS = 1000;

    private Manifests() {}

    public static Bundle bundle(String name, int n) {
        return new Bundle(manifest(name, n), digest(name));
    }

    public static Bundle bundle(String name, int n, Task task) {
        return new Bundle(manifest(name, n, task), digest(name));
    }

    /** A digest of its own for each name. */
    public static String digest(String name) {
        return String.format("%064x", new BigInteger(1, name.getBytes(StandardCharsets.UTF_8)));
    }

    public static BundleManifest manifest(String name, int n) {
        return manifest(name, n, new Task.Denoise(25, 25));
    }

    public static BundleManifest manifest(String name, int n, Task task) {
        return manifest(name, n, task, GRAPH_MACS);
    }

    /**
     * @param graphMacs multiply-adds per pixel of each graph
     */
    public static BundleManifest manifest(String name, int n, Task task, double graphMacs) {
        return new BundleManifest(
                BundleManifest.FORMAT,
                name,
                "1.0.0",
                task,
                "s",
                "staged",
                3,
                1,
                64,
                2,
                8,
                2,
                n,
                Collections.nCopies(n, 2),
                16,
                List.of(0.0, 1.0),
                List.of(),
                new Region(192, 32),
                1.0,
                null,
                graph("stem.onnx", graphMacs),
                graphs("stage", n, graphMacs),
                graphs("branch", n, graphMacs),
                new Tensors("image", "embedding", "features", "restored"),
                new Calibration(1, 20, Collections.nCopies(n, 30.0)),
                Map.of());
    }

    private static List<Graph> graphs(String kind, int n, double macs) {
        return IntStream.rangeClosed(1, n)
                .mapToObj(i -> graph(kind + "-" + i + ".onnx", macs))
                .toList();
    }

    private static Graph graph(String file, double macs) {
        return new Graph(file, "cd".repeat(32), 1, 1, macs);
    }
}
