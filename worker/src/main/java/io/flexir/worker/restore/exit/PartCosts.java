package io.flexir.worker.restore.exit;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.region.Rect;

/**
 * Multiply-adds that a part of a tile costs on its own, what it reads beyond its border included.
 *
 * @param manifest the bundle
 * @param margins how far it reads beyond its border
 * @param tile all that there is to read
 */
record PartCosts(BundleManifest manifest, Margins margins, Rect tile) {
    /** What running a graph costs beside its multiply-adds, in multiply-adds: about 0.3 ms. */
    private static final double PER_RUN = 2e7;

    double branch(int pointer, Rect part) {
        return PER_RUN
                + manifest.branches().get(pointer - 1).macsPerPixel()
                        * part.grown(margins.branch(), tile).pixels();
    }

    /** The stage after {@code pointer}. */
    double nextStage(int pointer, Rect part) {
        return PER_RUN
                + manifest.stages().get(pointer).macsPerPixel()
                        * part.grown(margins.stage(), tile).pixels();
    }
}
