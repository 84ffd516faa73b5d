package io.flexir.scheduler.costs;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a group of images cost.
 *
 * @param fixed what they would have cost at pointer 1, 2 and so on; empty where there are no images
 */
public record CostSum(long images, Priced used, double estimatedJoules, List<Priced> fixed) {
    static final CostSum NOTHING = new CostSum(0, Priced.NOTHING, 0, List.of());

    static CostSum of(CostCell cell, String device, PriceList prices) {
        return new CostSum(
                cell.images(),
                priced(cell.used(), device, prices),
                cell.estimatedJoules(),
                cell.fixed().stream().map(use -> priced(use, device, prices)).toList());
    }

    /** At full depth. */
    public Priced fullDepth() {
        return fixed.isEmpty() ? Priced.NOTHING : fixed.getLast();
    }

    CostSum plus(CostSum other) {
        return new CostSum(
                images + other.images,
                used.plus(other.used),
                estimatedJoules + other.estimatedJoules,
                IntStream.range(0, Math.max(fixed.size(), other.fixed.size()))
                        .mapToObj(index -> at(index).plus(other.at(index)))
                        .toList());
    }

    private Priced at(int index) {
        return fixed.isEmpty() ? Priced.NOTHING : fixed.get(Math.min(index, fixed.size() - 1));
    }

    private static Priced priced(Use use, String device, PriceList prices) {
        return new Priced(use, prices.money(device, use));
    }
}
