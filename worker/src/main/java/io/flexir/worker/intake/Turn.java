package io.flexir.worker.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One order's way through its slot. It has the slot's counter from before it is taken until it is
 * nearly computed, and the slot's desk while it is computed. Thread-safe.
 */
public final class Turn {
    private static final long LOOK_AROUND_MILLIS = 100;

    private final Semaphore counter;
    private final Semaphore desk;
    private final List<Semaphore> held = new ArrayList<>();
    private boolean ended;

    Turn(Semaphore counter, Semaphore desk) {
        this.counter = counter;
        this.desk = desk;
        held.add(counter);
    }

    /** Of an order that waits for nobody and that nobody waits for. */
    public static Turn free() {
        Turn turn = new Turn(new Semaphore(0), new Semaphore(1));
        turn.nearlyComputed();
        return turn;
    }

    /** Blocks until the order may be computed; false when it was given up first. */
    public boolean compute(BooleanSupplier givenUp) {
        try {
            while (!desk.tryAcquire(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS)) {
                if (givenUp.getAsBoolean()) {
                    return false;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        keep(desk);
        return true;
    }

    private synchronized void keep(Semaphore place) {
        if (ended) {
            place.release();
        } else {
            held.add(place);
        }
    }

    /** The slot may take its next order. */
    public void nearlyComputed() {
        give(counter);
    }

    /** The slot may compute its next order. */
    public synchronized void computed() {
        give(counter);
        give(desk);
    }

    /** Whatever the slot lent is given back, and nothing more is taken. */
    synchronized void end() {
        ended = true;
        computed();
    }

    private synchronized void give(Semaphore place) {
        if (held.remove(place)) {
            place.release();
        }
    }
}
