package io.flexir.scheduler.load;

import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.Terms;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.budget.Seconds;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What policies need to know of a request, from it and the models it may be done with. */
public final class Facts {
    private static final Comparator<Bundle> BY_COST =
            Comparator.<Bundle>comparingDouble(bundle -> bundle.macsPerPixel(bundle.n()))
                    .thenComparing(Bundle::name);

    private final BundleCatalog bundles;

    /** By digest: another version of a bundle costs and gives something else. */
    private final Map<String, QualityCurve> curves = new ConcurrentHashMap<>();

    public Facts(BundleCatalog bundles) {
        this.bundles = bundles;
    }

    /**
     * @param pixelsWhereUnknown taken for a request that does not tell its image's size
     */
    public JobFacts of(RestorationRequest request, Bundle bundle, double pixelsWhereUnknown) {
        QualityCurve curve =
                curves.computeIfAbsent(
                        bundle.digest(), digest -> QualityCurve.of(bundle.manifest()));
        Terms terms = request.terms();
        int floor = Math.min(terms.floor(), bundle.n());
        return new JobFacts(
                request.depth(),
                floor,
                terms.target() == null ? bundle.n() : Math.min(terms.target(), bundle.n()),
                curve,
                request.imageSize() == null ? pixelsWhereUnknown : request.imageSize().pixels(),
                Seconds.ofDeadline(terms.deadline()),
                terms.onMiss());
    }

    /** The dearest model that a request may be done with; none where there is none. */
    public Optional<Bundle> dearest(RestorationRequest request) {
        List<Bundle> serving = bundles.serving(request.model());
        return serving.size() == 1
                ? Optional.of(serving.getFirst())
                : serving.stream().max(BY_COST);
    }
}
