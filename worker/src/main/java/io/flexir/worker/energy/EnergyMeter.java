package io.flexir.worker.energy;

import io.flexir.contracts.work.Energy;

/** Finds out what a piece of work drew. */
public interface EnergyMeter {
    /** Starts to measure, on behalf of one job. */
    Reading start();

    /** A measurement under way. */
    @FunctionalInterface
    interface Reading {
        /**
         * Ends it.
         *
         * @param busyThreadSeconds seconds that threads computed for the job, summed over threads
         */
        Energy stop(double busyThreadSeconds);
    }
}
