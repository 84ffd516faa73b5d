package io.flexir.scheduler.bundles;

import io.flexir.contracts.bundle.BundleManifest;

import java.util.Optional;

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

    /**
     * Why orders that are out, and jobs that were admitted for this one, would not do with another
     * in its place; empty if they would.
     */
    public Optional<String> unlike(Bundle other) {
        BundleManifest next = other.manifest();
        if (!next.name().equals(name())) {
            return Optional.of("is named " + next.name());
        }
        if (!next.task().getClass().equals(manifest.task().getClass())) {
            return Optional.of("has another task");
        }
        if (next.scale() != manifest.scale() || next.channels() != manifest.channels()) {
            return Optional.of(
                    "has scale " + next.scale() + " and " + next.channels() + " channels");
        }
        if (next.n() != manifest.n()) {
            return Optional.of(
                    "has " + next.n() + " pointers where there are " + manifest.n() + " now");
        }
        return manifest.payoff() != null && next.payoff() == null
                ? Optional.of("has no payoff table, which jobs may ask for")
                : Optional.empty();
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
