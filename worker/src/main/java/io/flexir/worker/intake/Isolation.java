package io.flexir.worker.intake;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets an order that came back run with nothing beside it in this worker, so that if it kills the
 * worker it takes no other order along. It collects the places one by one as they become free, so
 * that a stream of others cannot starve it.
 */
public final class Isolation {
    private static final long LOOK_AROUND_MILLIS = 100;

    private final int lanes;
    private final Semaphore places;
    private final Semaphore collector = new Semaphore(1);

    public Isolation(int lanes) {
        this.lanes = lanes;
        this.places = new Semaphore(lanes, true);
    }

    /** Blocks until the order may run; false when it was given up first. */
    public boolean enter(DeliveryRule rule, BooleanSupplier givenUp) {
        return switch (rule) {
            case BESIDE_OTHERS -> take(places, 1, givenUp);
            case ALONE -> collectAll(givenUp);
            // Opens nothing, so it needs no place.
            case POISON -> true;
        };
    }

    /** Two collectors at once would each hold half and wait for ever. */
    private boolean collectAll(BooleanSupplier givenUp) {
        if (!take(collector, 1, givenUp)) {
            return false;
        }
        if (!take(places, lanes, givenUp)) {
            collector.release();
            return false;
        }
        return true;
    }

    private static boolean take(Semaphore from, int wanted, BooleanSupplier givenUp) {
        int taken = 0;
        while (taken < wanted) {
            if (acquired(from)) {
                taken++;
            } else if (givenUp.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                from.release(taken);
                return false;
            }
        }
        return true;
    }

    private static boolean acquired(Semaphore from) {
        try {
            return from.tryAcquire(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends what {@link #enter} allowed. */
    public void leave(DeliveryRule rule) {
        switch (rule) {
            case BESIDE_OTHERS -> places.release();
            case ALONE -> {
                places.release(lanes);
                collector.release();
            }
            case POISON -> {}
        }
    }
}
