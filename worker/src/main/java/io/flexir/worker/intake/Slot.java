package io.flexir.worker.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A place to compute one order at a time, which its lanes share: while one order is in its last
 * stage the next is taken, fetched and decoded, and while that is computed the one before is
 * encoded, stored and reported. An order is taken so late, and not before, that another worker
 * which is idle would not have had it sooner. Thread-safe.
 */
final class Slot {
    /** One lane computes, the other brings its order in or home. */
    static final int LANES = 2;

    private final Semaphore counter = new Semaphore(1, true);
    private final Semaphore desk = new Semaphore(1, true);

    /** The turn to take an order, if it could be had within that time. */
    Optional<Turn> begin(Duration atMost) throws InterruptedException {
        return counter.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)
                ? Optional.of(new Turn(counter, desk))
                : Optional.empty();
    }
}
