package io.flexir.worker.restore.model;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.PooledBuffer;

import java.util.List;

/**
 * Runs a new model over a tile, twice: once to warm it, once to learn how fast it is. On the
 * processor a small tile will do; a GPU chooses its kernels for each shape when it first meets it,
 * so there each shape that is common takes its turn: the regions' of adaptive inference, and the
 * largest memory tile.
 */
final class WarmUp {
    private static final double MAC_BUDGET = 2e9;
    private static final int MAX_SIDE = 128;

    private WarmUp() {}

    /**
     * @param tilePixels of the engine's largest memory tile for this model
     */
    static void run(StagedModel model, Graphs graphs, Accelerator accelerator, long tilePixels) {
        sides(model.manifest(), accelerator, tilePixels).forEach(side -> run(model, graphs, side));
    }

    /** Of the square tiles to run, in order, in pixels on the grid. */
    static List<Integer> sides(BundleManifest manifest, Accelerator accelerator, long tilePixels) {
        return switch (accelerator) {
            case Accelerator.None() -> List.of(side(manifest));
            case Accelerator.Cuda _ -> {
                int largest = (int) Math.sqrt((double) tilePixels);
                BundleManifest.Region region = manifest.region();
                yield List.of(
                        largest - largest % manifest.grid(), region.size() + 2 * region.halo());
            }
        };
    }

    private static void run(StagedModel model, Graphs graphs, int side) {
        BundleManifest manifest = model.manifest();
        int floats = manifest.channels() * side * side;
        try (BufferPool pool = new BufferPool(0);
                PooledBuffer image = pool.lease(floats);
                PooledBuffer restored = pool.lease(floats * manifest.scale() * manifest.scale());
                JobRun job = JobRun.with(graphs, model)) {
            image.clear();
            pass(job, image, restored, side);
            graphs.times().forget();
            pass(job, image, restored, side);
        }
    }

    private static void pass(JobRun job, PooledBuffer image, PooledBuffer restored, int side) {
        try (Pass pass = job.start(image.floats(), side, side)) {
            for (int pointer = 1; pointer <= job.model().manifest().n(); pointer++) {
                pass.advance();
                pass.branch(restored.floats());
            }
        }
    }

    /**
     * A side on the grid at which all graphs together cost about {@link #MAC_BUDGET} multiply-adds.
     */
    private static int side(BundleManifest manifest) {
        double macsPerPixel =
                manifest.macsPerPixel(manifest.n())
                        + manifest.branches().stream()
                                .mapToDouble(BundleManifest.Graph::macsPerPixel)
                                .sum();
        int affordable = (int) Math.sqrt(MAC_BUDGET / Math.max(1, macsPerPixel));
        int side = Math.clamp(affordable, manifest.grid(), Math.max(MAX_SIDE, manifest.grid()));
        return side - side % manifest.grid();
    }
}
