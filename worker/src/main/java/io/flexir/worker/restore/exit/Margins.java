package io.flexir.worker.restore.exit;

import io.flexir.contracts.bundle.BundleManifest;

/**
 * How far a part of a tile reaches beyond its border, in input pixels.
 *
 * @param stage what a stage reads: the bundle's halo, on the grid. A stage's windows, shifted or
 *     not, and its convolution are then whole within the part
 * @param branch what a branch reads: its two convolutions' reach beyond the cross-fade
 * @param fade what of a branch's output is used, to cross-fade with the neighbours
 */
public record Margins(int stage, int branch, int fade) {
    private static final int CONVOLUTIONS = 2;
    private static final int FADED_TOKENS = 2;

    public static Margins of(BundleManifest manifest) {
        int fade = FADED_TOKENS * manifest.unshuffle();
        return new Margins(
                manifest.region().halo(), fade + CONVOLUTIONS * manifest.unshuffle(), fade);
    }
}
