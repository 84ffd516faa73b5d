package io.flexir.worker.restore.bundle;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.region.Geometry;

import java.nio.file.Path;

/**
 * A trained model on disk whose files are what its manifest says.
 *
 * @param directory where manifest and graphs lie
 * @param digest SHA-256 of {@code manifest.json}, lower-case hexadecimal; pins every graph
 * @param manifest what the bundle says of itself
 */
public record Bundle(Path directory, String digest, BundleManifest manifest) {
    /** Where a graph lies. */
    public Path file(BundleManifest.Graph graph) {
        return directory.resolve(graph.file());
    }

    /** How images are cut for this bundle. */
    public Geometry geometry() {
        return geometry(manifest);
    }

    static Geometry geometry(BundleManifest manifest) {
        return new Geometry(manifest.grid(), manifest.region().halo(), manifest.region().size());
    }
}
