package io.flexir.contracts.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.check.Require;

import java.time.Instant;
import java.util.List;

/**
 * What a worker says of itself every few seconds; the newest of each worker is its truth.
 *
 * @param workerId key of the record
 * @param pool the set of like workers it belongs to
 * @param device what it computes on
 * @param state whether it takes orders
 * @param slots orders it works on at once
 * @param freeSlots of these, how many are idle
 * @param models bundles it has loaded
 * @param bundles digests of the bundles that it has whole, loaded or not
 * @param inFlight orders it holds
 * @param startedAt when the process came up
 * @param at when this was written
 */
public record WorkerHeartbeat(
        String workerId,
        String pool,
        Device device,
        State state,
        int slots,
        int freeSlots,
        List<LoadedModel> models,
        @DefaultsTo("[]") List<String> bundles,
        List<InFlightJob> inFlight,
        Instant startedAt,
        Instant at) {
    private static final int MAX_BUNDLES = 1000;

    /** One that does not say which bundles it has. */
    public WorkerHeartbeat(
            String workerId,
            String pool,
            Device device,
            State state,
            int slots,
            int freeSlots,
            List<LoadedModel> models,
            List<InFlightJob> inFlight,
            Instant startedAt,
            Instant at) {
        this(
                workerId, pool, device, state, slots, freeSlots, models, List.of(), inFlight,
                startedAt, at);
    }

    @SuppressWarnings({"ConstantValue", "NullAway"})
    public WorkerHeartbeat {
        Require.name("workerId", workerId, 128);
        Require.name("pool", pool, 32);
        Require.present("device", device);
        Require.present("state", state);
        Require.between("slots", slots, 1, 4096);
        Require.between("freeSlots", freeSlots, 0, slots);
        models = Require.list("models", models, 1000);
        bundles = bundles == null ? List.of() : Require.list("bundles", bundles, MAX_BUNDLES);
        bundles.forEach(digest -> Require.sha256("bundles", digest));
        inFlight = Require.list("inFlight", inFlight, 10_000);
        Require.present("startedAt", startedAt);
        Require.present("at", at);
    }

    /** Whether the worker takes orders. */
    public enum State {
        @JsonProperty("ready")
        READY,
        /** Takes none for now: something that every order needs does not answer. */
        @JsonProperty("paused")
        PAUSED,
        /** Finishes what it holds and takes no more. */
        @JsonProperty("draining")
        DRAINING,
        /** Its last word. */
        @JsonProperty("stopped")
        STOPPED
    }
}
