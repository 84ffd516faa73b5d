package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.work.PhaseSeconds;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Wall time by phase. Belongs to one job's thread. */
final class PhaseTimes {
    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);

    PhaseTimes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    <T> T measure(Phase phase, Supplier<T> work) {
        long start = nanoTime.getAsLong();
        try {
            return work.get();
        } finally {
            nanos.merge(phase, nanoTime.getAsLong() - start, Long::sum);
        }
    }

    double seconds(Phase phase) {
        return nanos.getOrDefault(phase, 0L) / NANOS;
    }

    /** Seconds for the receipt; what happens within restoring is the engine's to tell. */
    PhaseSeconds with(double inferenceSeconds, double tilingSeconds) {
        return new PhaseSeconds(
                seconds(Phase.FETCHING),
                seconds(Phase.DECODING),
                inferenceSeconds,
                tilingSeconds,
                seconds(Phase.ENCODING),
                seconds(Phase.STORING));
    }
}
