package io.flexir.ops.local.client;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * A model that jobs may name.
 *
 * @param digest SHA-256 of the manifest that orders name
 * @param n its deepest pointer
 * @param activation how far the version is that was asked for last, if any was
 */
public record Model(
        String name, String version, String digest, int n, @Nullable Activation activation) {

    /**
     * Another version of a model.
     *
     * @param previous what orders named before
     * @param workers share of each pool's ready workers that must hold it
     * @param inForce whether orders name it
     * @param pools who holds it, by pool
     * @param problem why it cannot come into force
     */
    public record Activation(
            String digest,
            @Nullable String previous,
            double workers,
            Instant since,
            boolean inForce,
            Map<String, Pool> pools,
            @Nullable String problem) {}

    /**
     * @param holders ready workers that hold it
     * @param ready all ready workers
     */
    public record Pool(int holders, int ready) {}
}
