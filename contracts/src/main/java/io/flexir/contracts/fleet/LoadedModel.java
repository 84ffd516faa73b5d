package io.flexir.contracts.fleet;

import io.flexir.contracts.check.Require;

/**
 * A bundle that a worker has in memory.
 *
 * @param name name of the bundle
 * @param digest SHA-256 of its manifest
 * @param gigaMacsPerSecond speed measured on this worker, 10^9 multiply-adds a second; 0 while
 *     unmeasured
 */
public record LoadedModel(String name, String digest, double gigaMacsPerSecond) {
    public LoadedModel {
        Require.name("name", name, 128);
        Require.sha256("digest", digest);
        Require.between("gigaMacsPerSecond", gigaMacsPerSecond, 0.0, 1e9);
    }
}
