package io.flexir.scheduler.api.submit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Bounds the jobs that wait. A submission on its way counts until it shows in the read view, so the
 * bound holds for the fleet up to what other schedulers let in within the view's delay.
 */
final class IntakeGate {
    private final int bound;
    private final IntSupplier waiting;
    private final AtomicInteger entering = new AtomicInteger();

    /**
     * @param bound jobs that may wait in the whole fleet
     * @param waiting jobs known to wait
     */
    IntakeGate(int bound, IntSupplier waiting) {
        this.bound = bound;
        this.waiting = waiting;
    }

    /** A place for one more job, or none. It is held until it is left. */
    Optional<Ticket> enter() {
        if (entering.incrementAndGet() + waiting.getAsInt() > bound) {
            entering.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(entering::decrementAndGet);
    }

    /** Whether nobody would find a place now. */
    boolean isFull() {
        return entering.get() + waiting.getAsInt() >= bound;
    }

    /** A place that is held. */
    interface Ticket {
        void leave();
    }
}
