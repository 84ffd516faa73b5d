package io.flexir.ops.bench.speed;

import io.flexir.ops.bench.engine.EngineTurns;
import io.flexir.ops.bench.engine.ModelRunner;
import io.flexir.ops.local.CannotStart;
import io.flexir.worker.restore.model.Accelerator;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Engine and PyTorch in turns, so that whatever else the machine does falls on both. Every round
 * has a turn of each, in one order and then in the other; the first round warms up and does not
 * count.
 */
public final class PairedRun {

    private static final int FEWEST_ROUNDS = 5;

    private final PyTorches pytorch;
    private final int rounds;
    private final double turnSeconds;
    private final int atOnce;
    private final boolean withFused;
    private final Accelerator accelerator;

    /**
     * @param rounds that count, at least 5
     * @param turnSeconds a turn restores images for so long, and at least one
     * @param atOnce images side by side in the engine
     * @param withFused whether a single graph of the same depth takes turns as well
     * @param accelerator what the engine computes on
     */
    public PairedRun(
            PyTorches pytorch,
            int rounds,
            double turnSeconds,
            int atOnce,
            boolean withFused,
            Accelerator accelerator) {
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException(
                    "rounds must be at least " + FEWEST_ROUNDS + ", are " + rounds);
        }
        this.pytorch = pytorch;
        this.rounds = rounds;
        this.turnSeconds = turnSeconds;
        this.atOnce = atOnce;
        this.withFused = withFused;
        this.accelerator = accelerator;
    }

    /**
     * Measures one point.
     *
     * @param model the point's bundle, loaded
     */
    public Measured measure(ModelRunner model, Point point) {
        EngineTurns engine = new EngineTurns(model, point.size(), point.pointer(), atOnce);
        try (FusedGraph fused = withFused ? fused(model, point) : null) {
            return new Rounds(engine, fused, point).run(model.manifest().name());
        }
    }

    private FusedGraph fused(ModelRunner model, Point point) {
        int grid = model.manifest().grid();
        if (point.size() % grid != 0) {
            throw new CannotStart(
                    "a fused graph takes sizes that are multiples of "
                            + grid
                            + ", not "
                            + point.size());
        }
        try {
            Path file = Files.createTempFile("flexir-fused", ".onnx");
            try {
                pytorch.one().fuse(point, file);
                return FusedGraph.open(
                        file, model.manifest().channels(), point.size(), accelerator);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CannotStart("no temporary file can be written for the fused graph", e);
        }
    }

    /** The turns at one point. */
    private final class Rounds {
        private final EngineTurns engine;
        private final @Nullable FusedGraph fused;
        private final Point point;
        private final List<Double> engineSeconds = new ArrayList<>();
        private final List<Double> fusedSeconds = new ArrayList<>();
        private final List<Product> products = new ArrayList<>();
        private final Map<Way, List<Double>> pytorchSeconds = new LinkedHashMap<>();

        Rounds(EngineTurns engine, @Nullable FusedGraph fused, Point point) {
            this.engine = engine;
            this.fused = fused;
            this.point = point;
        }

        Measured run(String bundle) {
            List<Runnable> turns = turns();
            turns.forEach(Runnable::run);
            forget();
            for (int round = 0; round < rounds; round++) {
                turns.forEach(Runnable::run);
                Collections.reverse(turns);
            }
            Way faster =
                    pytorchSeconds.keySet().stream()
                            .min(Comparator.comparingDouble(this::median))
                            .orElseThrow();
            return new Measured(
                    bundle,
                    point,
                    Median.of(engineSeconds),
                    engine.gigaMacs(),
                    median(faster),
                    faster,
                    product(),
                    fused == null ? null : Median.of(fusedSeconds));
        }

        private List<Runnable> turns() {
            List<Runnable> turns = new ArrayList<>();
            turns.add(() -> products.add(pytorch.one().product()));
            turns.add(() -> engineSeconds.add(engine.seconds(turnSeconds)));
            if (fused != null) {
                turns.add(() -> fusedSeconds.add(fused.seconds(turnSeconds)));
            }
            for (Way way : pytorch.ways()) {
                List<Double> seconds = new ArrayList<>();
                pytorchSeconds.put(way, seconds);
                turns.add(() -> seconds.add(pytorch.seconds(point, way, turnSeconds)));
            }
            return turns;
        }

        private void forget() {
            engineSeconds.clear();
            fusedSeconds.clear();
            products.clear();
            pytorchSeconds.values().forEach(List::clear);
        }

        private double median(Way way) {
            return Median.of(Objects.requireNonNull(pytorchSeconds.get(way)));
        }

        private Product product() {
            List<Double> speeds = products.stream().map(Product::gigaMacsPerSecond).toList();
            return new Product(products.getFirst().by(), Median.of(speeds));
        }
    }
}
