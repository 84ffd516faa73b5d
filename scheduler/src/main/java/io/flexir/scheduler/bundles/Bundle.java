package io.flexir.scheduler.bundles;

import io.flexir.contracts.bundle.BundleManifest;

/**
 * A model that orders can be written for.
 *
 * @param manifest what it is
 * @param digest SHA-256 of the manifest's bytes, which orders pin
 */
public record Bundle(BundleManifest manifest, String digest) {
    public String name() {
        return manifest.name();
    }

    /** The largest pointer. */
    public int n() {
        return manifest.n();
    }

    /** Multiply-adds per fed pixel of a run to a pointer, which is cut to the model's depth. */
    public double macsPerPixel(int pointer) {
        return manifest.macsPerPixel(Math.clamp(pointer, 1, n()));
    }
}
