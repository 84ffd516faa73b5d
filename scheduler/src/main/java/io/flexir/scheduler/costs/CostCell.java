package io.flexir.scheduler.costs;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The sum of some images.
 *
 * @param estimatedJoules part of the joules that was estimated, not measured
 * @param fixed by pointer, up to the deepest of any model; one that ends earlier counts as at its
 *     end
 */
record CostCell(long images, Use used, double estimatedJoules, List<Use> fixed) {
    static CostCell of(ImageCost image) {
        return new CostCell(
                1,
                image.used(),
                image.estimated() ? image.used().joules() : 0,
                List.copyOf(image.fixed()));
    }

    CostCell plus(CostCell other) {
        return new CostCell(
                images + other.images,
                used.plus(other.used),
                estimatedJoules + other.estimatedJoules,
                sum(fixed, other.fixed));
    }

    private static List<Use> sum(List<Use> one, List<Use> other) {
        return IntStream.range(0, Math.max(one.size(), other.size()))
                .mapToObj(index -> clamped(one, index).plus(clamped(other, index)))
                .toList();
    }

    private static Use clamped(List<Use> uses, int index) {
        return uses.get(Math.min(index, uses.size() - 1));
    }
}
