package io.flexir.worker.restore;

import io.flexir.worker.restore.anytime.Anytime;
import io.flexir.worker.restore.anytime.Forecast;
import io.flexir.worker.restore.anytime.StepDecision;
import io.flexir.worker.restore.anytime.TimeLimit;
import io.flexir.worker.restore.model.StagedModel;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A running job's deadline: puts clock and measured speeds before the pure rule. */
final class Deadline {
    private static final double GIGA = 1e9;

    private final RestoreOrder order;
    private final StagedModel model;
    private final LongSupplier nanoTime;
    private final long startNanos;

    /** The order's time starts to run now. */
    Deadline(RestoreOrder order, StagedModel model, LongSupplier nanoTime) {
        this.order = order;
        this.model = model;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /**
     * What a wave does next.
     *
     * @param pointer stages that it has passed
     * @param wavePixels pixels fed for its regions that have not stopped
     * @param laterPixels pixels that later waves will feed
     */
    StepDecision decide(int pointer, long wavePixels, long laterPixels) {
        TimeLimit limit = order.limit();
        if (limit == null) {
            return Anytime.decide(pointer, order.budget());
        }
        double passed = (nanoTime.getAsLong() - startNanos) / GIGA;
        Duration atStart = limit.left();
        double left = atStart.getSeconds() + atStart.getNano() / GIGA - passed;
        Forecast forecast =
                Forecast.of(
                        model.pixelSeconds(),
                        pointer,
                        order.budget(),
                        wavePixels,
                        laterPixels,
                        limit);
        return Anytime.decide(pointer, order.budget(), limit.onMiss(), left, forecast);
    }
}
