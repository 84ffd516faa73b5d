package io.flexir.scheduler.dispatch;

import io.flexir.scheduler.budget.SetBack;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * The price of a worker-second in steps that are worth a line in the log: by a quarter or more, and
 * a while apart. Immutable.
 *
 * @param price as it was told last
 * @param toldAt none before the first time
 */
record PriceSteps(double price, @Nullable Instant toldAt) {
    static final PriceSteps NONE = new PriceSteps(0, null);

    static final double NOTABLE = 1.25;
    static final Duration REST = Duration.ofSeconds(5);

    /** The next step if there is one; the same as before if not. */
    PriceSteps seeing(double now, Instant at) {
        boolean rested =
                toldAt == null || !at.isBefore(toldAt.plus(REST)) || SetBack.between(toldAt, at);
        return rested && notable(now) ? new PriceSteps(now, at) : this;
    }

    private boolean notable(double now) {
        if (price == 0 || now == 0) {
            return price != now;
        }
        return now >= price * NOTABLE || now <= price / NOTABLE;
    }
}
