package io.flexir.scheduler.api.resource;

import io.flexir.scheduler.costs.CostReport;
import io.flexir.scheduler.costs.CostSum;
import io.flexir.scheduler.costs.PriceList;
import io.flexir.scheduler.costs.Priced;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What images cost ({@code Costs} in the API description). */
public record CostsResource(
        Instant from,
        Instant to,
        Instant heldSince,
        boolean complete,
        CostReport.By by,
        Prices prices,
        List<Row> rows,
        Row total) {
    public static CostsResource of(CostReport report, boolean complete) {
        return new CostsResource(
                report.from(),
                report.to(),
                report.heldSince(),
                complete,
                report.by(),
                Prices.of(report.prices()),
                report.rows().entrySet().stream()
                        .map(row -> Row.of(row.getKey(), row.getValue()))
                        .toList(),
                Row.of(null, report.total()));
    }

    /**
     * @param workerHour by device class, {@code *} for any other
     */
    public record Prices(
            String currency, Map<String, Double> workerHour, double gigaMac, double kilowattHour) {
        static Prices of(PriceList prices) {
            return new Prices(
                    prices.currency(),
                    prices.workerHour(),
                    prices.gigaMac(),
                    prices.kilowattHour());
        }
    }

    /**
     * @param group tenant, task or pointer; none for the total
     * @param joulesEstimated part of the joules
     * @param fixed by pointer
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
            List<AtPointer> fixed) {
        static Row of(@Nullable String group, CostSum sum) {
            return new Row(
                    group,
                    sum.images(),
                    sum.used().use().gigaMacs(),
                    sum.used().use().seconds(),
                    sum.used().use().joules(),
                    sum.estimatedJoules(),
                    sum.used().money(),
                    Cost.of(sum.fullDepth()),
                    IntStream.range(0, sum.fixed().size())
                            .mapToObj(index -> AtPointer.of(index + 1, sum.fixed().get(index)))
                            .toList());
        }
    }

    /** What the same images would have cost. */
    public record Cost(double gigaMacs, double seconds, double joules, double money) {
        static Cost of(Priced priced) {
            return new Cost(
                    priced.use().gigaMacs(),
                    priced.use().seconds(),
                    priced.use().joules(),
                    priced.money());
        }
    }

    /** The same at a pointer. */
    public record AtPointer(
            int pointer, double gigaMacs, double seconds, double joules, double money) {
        static AtPointer of(int pointer, Priced priced) {
            return new AtPointer(
                    pointer,
                    priced.use().gigaMacs(),
                    priced.use().seconds(),
                    priced.use().joules(),
                    priced.money());
        }
    }
}
