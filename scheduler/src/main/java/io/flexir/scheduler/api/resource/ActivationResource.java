package io.flexir.scheduler.api.resource;

import io.flexir.scheduler.activation.Activation;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far another version of a model is ({@code Activation} in the API description).
 *
 * @param digest of the version that was asked for
 * @param previous what orders named before, and what a rollback asks for
 * @param workers share of each pool that must hold it
 * @param inForce whether orders name it
 * @param pools who holds it, by pool
 */
public record ActivationResource(
        String digest,
        @Nullable String previous,
        double workers,
        Instant since,
        boolean inForce,
        Map<String, PoolHolding> pools,
        @Nullable String problem) {
    /**
     * @param holders ready workers that hold it
     * @param ready all ready workers
     */
    public record PoolHolding(int holders, int ready) {}

    static ActivationResource of(Activation activation) {
        Map<String, PoolHolding> pools = new TreeMap<>();
        activation
                .holding()
                .pools()
                .forEach(
                        (name, pool) ->
                                pools.put(name, new PoolHolding(pool.holders(), pool.ready())));
        return new ActivationResource(
                activation.asked().digest(),
                activation.asked().previous(),
                activation.asked().workers(),
                activation.asked().at(),
                activation.inForce(),
                pools,
                activation.problem());
    }
}
