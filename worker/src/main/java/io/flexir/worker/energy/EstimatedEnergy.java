package io.flexir.worker.energy;

import io.flexir.contracts.work.Energy;

import java.util.Locale;

/**
 * Energy where no counter can be read: a fixed power for every busy thread. The method names the
 * assumption.
 */
public final class EstimatedEnergy implements EnergyMeter {
    private final double wattsPerBusyThread;

    public EstimatedEnergy(double wattsPerBusyThread) {
        this.wattsPerBusyThread = wattsPerBusyThread;
    }

    @Override
    public Reading start() {
        return busyThreadSeconds ->
                new Energy(
                        busyThreadSeconds * wattsPerBusyThread,
                        String.format(
                                Locale.ROOT, "estimate:%.1fW-per-busy-thread", wattsPerBusyThread));
    }
}
