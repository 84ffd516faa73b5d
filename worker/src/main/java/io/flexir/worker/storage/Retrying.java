package io.flexir.worker.storage;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Tries again what may succeed later, with growing waits and a bound on tries. */
final class Retrying {
    private final Backoff backoff;

    Retrying(Backoff backoff) {
        this.backoff = backoff;
    }

    /** The first final outcome, or the last one. An interrupted thread gets no further tries. */
    <T> T until(Supplier<T> attempt, Predicate<T> isFinal) {
        for (int number = 1; ; number++) {
            T outcome = attempt.get();
            if (isFinal.test(outcome)
                    || !backoff.allowsAfter(number)
                    || Thread.currentThread().isInterrupted()) {
                return outcome;
            }
            LockSupport.parkNanos(backoff.after(number).toNanos());
        }
    }
}
