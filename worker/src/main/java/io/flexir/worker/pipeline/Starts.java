package io.flexir.worker.pipeline;

import io.flexir.worker.intake.DeliveryRule;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.storage.ResultLocation;
import io.flexir.worker.storage.StoreOutcome;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells an order that kills its worker from one that was only beside it. The broker counts
 * deliveries, also of an order that waited for its turn when the worker died; so a delivery after
 * the first leaves a mark in the bucket when it is begun, and only begun ones count. One that a
 * stopping worker handed back is marked as that, and does not count either.
 */
final class Starts {
    /** The broker gives an order up after 10 deliveries, without a word. */
    private static final int LAST_DELIVERY = 9;

    private static final int MAX_BYTES = 64;
    private static final byte[] BEGUN = "begun".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HANDED_BACK = "handed back".getBytes(StandardCharsets.UTF_8);

    private final ObjectStore store;
    private final OutageHold hold;

    Starts(ObjectStore store, OutageHold hold) {
        this.store = store;
        this.hold = hold;
    }

    /**
     * How this delivery is to run.
     *
     * @param delivery how often the order was handed out, 1 for the first time
     */
    Step<DeliveryRule> rule(Job job, int delivery, ResultLocation location) {
        DeliveryRule byCount = DeliveryRule.of(delivery);
        if (byCount != DeliveryRule.POISON || delivery >= LAST_DELIVERY) {
            return Step.done(byCount);
        }
        Step<Integer> begun = Step.done(0);
        for (int earlier = 1; earlier < delivery; earlier++) {
            int number = earlier;
            begun =
                    begun.then(
                            counted ->
                                    wasBegun(job, number, location)
                                            .then(yes -> Step.done(counted + (yes ? 1 : 0))));
        }
        return begun.then(
                counted ->
                        Step.done(
                                counted >= DeliveryRule.MAX_TRIES
                                        ? DeliveryRule.POISON
                                        : DeliveryRule.ALONE));
    }

    private Step<Boolean> wasBegun(Job job, int delivery, ResultLocation location) {
        return hold.ask(
                        job,
                        () ->
                                store.fetch(
                                        location.begun(job.order().attempt(), delivery), MAX_BYTES),
                        Starts::outage)
                .then(
                        found ->
                                Step.done(
                                        found instanceof FetchOutcome.Fetched mark
                                                ? Arrays.equals(mark.bytes(), BEGUN)
                                                : delivery == 1));
    }

    private static Optional<String> outage(FetchOutcome outcome) {
        return outcome instanceof FetchOutcome.Unavailable(String detail)
                ? Optional.of(detail)
                : Optional.empty();
    }

    /** Leaves the mark of a delivery that came back; the first one needs none. */
    Step<StoreOutcome> begin(Job job, int delivery, ResultLocation location) {
        if (delivery == 1) {
            return Step.done(new StoreOutcome.AlreadyThere());
        }
        return hold.ask(
                job,
                () ->
                        store.store(
                                location.begun(job.order().attempt(), delivery),
                                BEGUN,
                                "text/plain",
                                ObjectStore.Existing.REPLACE),
                OutputSteps::outage);
    }

    /**
     * The worker stops, and is not killed by it: this delivery does not count. Tried once, because
     * a worker that stops has no time to wait for a store.
     */
    void handedBack(Job job, int delivery, ResultLocation location) {
        var _ =
                store.store(
                        location.begun(job.order().attempt(), delivery),
                        HANDED_BACK,
                        "text/plain",
                        ObjectStore.Existing.REPLACE);
    }
}
