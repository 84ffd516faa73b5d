package io.flexir.scheduler.load;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.WaterLevel;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The queued jobs of one task as sums of pixels, from which the work at any level follows without
 * looking at a job again. Written by the task's thread, read by others: guarded by itself.
 */
public final class Backlog {
    private final BundleCatalog bundles;
    private final Map<Ask, Pixels> waiting = new HashMap<>();
    private final Map<TenantId, Integer> jobsOf = new HashMap<>();
    private int jobs;

    public Backlog(BundleCatalog bundles) {
        this.bundles = bundles;
    }

    /** A job waits. */
    public synchronized void add(RestorationRequest request) {
        jobs++;
        jobsOf.merge(request.tenant(), 1, Integer::sum);
        waiting.merge(Ask.of(request), Pixels.of(request), Pixels::plus);
    }

    /** A job that was added no longer waits. */
    public synchronized void remove(RestorationRequest request) {
        jobs--;
        jobsOf.computeIfPresent(request.tenant(), (tenant, own) -> own > 1 ? own - 1 : null);
        waiting.computeIfPresent(Ask.of(request), (ask, pixels) -> pixels.minus(request));
    }

    public synchronized int jobs() {
        return jobs;
    }

    /** Those of one tenant. */
    synchronized int jobs(TenantId tenant) {
        return jobsOf.getOrDefault(tenant, 0);
    }

    /**
     * GMACs of all that waits, run at a level. A job whose model is yet to be chosen counts as the
     * dearest that it may get.
     *
     * @param pixelsWhereUnknown taken for a request that does not tell its image's size
     */
    synchronized double gigaMacs(int level, double pixelsWhereUnknown) {
        double macs = 0;
        for (Map.Entry<Ask, Pixels> entry : waiting.entrySet()) {
            double pixels = entry.getValue().total(pixelsWhereUnknown);
            macs += pixels * macsPerPixel(entry.getKey(), level);
        }
        return macs / 1e9;
    }

    /** The same of each model, at full depth. */
    synchronized Map<String, Double> gigaMacsByModel(double pixelsWhereUnknown) {
        Map<String, Double> macs = new HashMap<>();
        waiting.forEach(
                (ask, sum) -> {
                    double pixels = sum.total(pixelsWhereUnknown) / 1e9;
                    dearest(ask)
                            .ifPresent(
                                    bundle ->
                                            macs.merge(
                                                    bundle.name(),
                                                    pixels * macs(bundle, ask, bundles.deepest()),
                                                    Double::sum));
                });
        return macs;
    }

    /** The same of each tenant that has a job waiting. */
    synchronized Map<TenantId, double[]> gigaMacsByTenant(int deepest, double pixelsWhereUnknown) {
        Map<TenantId, double[]> macs = new HashMap<>();
        waiting.forEach(
                (ask, sum) -> {
                    double[] levels =
                            macs.computeIfAbsent(ask.tenant(), tenant -> new double[deepest]);
                    double pixels = sum.total(pixelsWhereUnknown) / 1e9;
                    for (int level = 1; level <= deepest; level++) {
                        levels[level - 1] += pixels * macsPerPixel(ask, level);
                    }
                });
        return macs;
    }

    private Optional<Bundle> dearest(Ask ask) {
        return bundles.serving(ask.model()).stream()
                .max(Comparator.comparingDouble(bundle -> macs(bundle, ask, bundles.deepest())));
    }

    private double macsPerPixel(Ask ask, int level) {
        return bundles.serving(ask.model()).stream()
                .mapToDouble(bundle -> macs(bundle, ask, level))
                .max()
                .orElse(0.0);
    }

    private double macs(Bundle bundle, Ask ask, int level) {
        int atLevel = WaterLevel.pointer(level, bundles.deepest(), bundle.n());
        return bundle.macsPerPixel(
                Math.min(Math.clamp(atLevel, ask.least(), ask.most()), bundle.n()));
    }

    /** Jobs of a tenant that cost the same per pixel: the pointers that they may end between. */
    private record Ask(TenantId tenant, String model, int least, int most) {
        static Ask of(RestorationRequest request) {
            return switch (request.depth()) {
                case Depth.Fixed fixed ->
                        new Ask(
                                request.tenant(),
                                request.model(),
                                fixed.pointer(),
                                fixed.pointer());
                case Depth.Automatic ignored -> between(request);
                case Depth.Adaptive ignored -> between(request);
            };
        }

        private static Ask between(RestorationRequest request) {
            Integer target = request.terms().target();
            return new Ask(
                    request.tenant(),
                    request.model(),
                    request.terms().floor(),
                    target == null ? Depth.MAX_POINTER : target);
        }
    }

    /** Whole numbers, so that adding and removing leaves nothing behind. */
    private record Pixels(long known, int imagesOfUnknownSize) {
        static Pixels of(RestorationRequest request) {
            return request.imageSize() == null
                    ? new Pixels(0, 1)
                    : new Pixels(request.imageSize().pixels(), 0);
        }

        Pixels plus(Pixels other) {
            return new Pixels(known + other.known, imagesOfUnknownSize + other.imagesOfUnknownSize);
        }

        /** None once nothing is left, so that the map holds only what waits. */
        @Nullable Pixels minus(RestorationRequest request) {
            Pixels less = of(request);
            Pixels left =
                    new Pixels(known - less.known, imagesOfUnknownSize - less.imagesOfUnknownSize);
            return left.known == 0 && left.imagesOfUnknownSize == 0 ? null : left;
        }

        double total(double pixelsWhereUnknown) {
            return known + imagesOfUnknownSize * pixelsWhereUnknown;
        }
    }
}
