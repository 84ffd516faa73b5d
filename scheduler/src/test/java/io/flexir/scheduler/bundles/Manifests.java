package io.flexir.scheduler.bundles;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.BundleManifest.Calibration;
import io.flexir.contracts.bundle.BundleManifest.Graph;
import io.flexir.contracts.bundle.BundleManifest.Region;
import io.flexir.contracts.bundle.BundleManifest.Tensors;
import io.flexir.contracts.bundle.Task;

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
        return new Bundle(manifest(name, n), "ab".repeat(32));
    }

    public static BundleManifest manifest(String name, int n) {
        return new BundleManifest(
                BundleManifest.FORMAT,
                name,
                "1.0.0",
                new Task.Denoise(25, 25),
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
                graph("stem.onnx"),
                graphs("stage", n),
                graphs("branch", n),
                new Tensors("image", "embedding", "features", "restored"),
                new Calibration(1, 20, Collections.nCopies(n, 30.0)),
                Map.of());
    }

    private static List<Graph> graphs(String kind, int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> graph(kind + "-" + i + ".onnx")).toList();
    }

    private static Graph graph(String file) {
        return new Graph(file, "cd".repeat(32), 1, 1, GRAPH_MACS);
    }
}
