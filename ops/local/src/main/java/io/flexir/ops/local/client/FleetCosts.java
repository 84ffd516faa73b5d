package io.flexir.ops.local.client;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What restored images cost.
 *
 * @param from the time that was asked for, widened to whole quarters of an hour
 * @param heldSince what was restored before is not known any more
 * @param complete false while the scheduler still reads past outcomes
 * @param by what rows are grouped by
 */
public record FleetCosts(
        Instant from,
        Instant to,
        Instant heldSince,
        boolean complete,
        String by,
        Prices prices,
        List<Row> rows,
        Row total) {
    /** What it is told by. */
    public record Prices(
            String currency, Map<String, Double> workerHour, double gigaMac, double kilowattHour) {}

    /**
     * @param group none for the total
     * @param seconds that workers were at it
     * @param fixed what the same images would have cost at each pointer
     */
    public record Row(
            @Nullable String group,
            long images,
            double gigaMacs,
            double seconds,
            double joules,
            double joulesEstimated,
            double money,
            Cost fullDepth,
            List<AtPointer> fixed) {}

    /** What images would have cost. */
    public record Cost(double gigaMacs, double seconds, double joules, double money) {}

    /** The same at a pointer. */
    public record AtPointer(
            int pointer, double gigaMacs, double seconds, double joules, double money) {}

    /**
     * What is asked for; what is left out is the last day, by task, of all that the key may see.
     *
     * @param by tenant, task or pointer
     */
    public record Question(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String by,
            @Nullable String tenant) {}
}
