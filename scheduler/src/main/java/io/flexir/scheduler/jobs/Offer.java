package io.flexir.scheduler.jobs;

import io.flexir.contracts.work.GrantedModel;
import io.flexir.scheduler.budget.Grant;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.dispatch.PolicyBook.Decision;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model that a job may be done with, and how deep in it.
 *
 * @param seconds of one slot, as predicted
 */
record Offer(Bundle bundle, Decision decision, double seconds) {
    /** By what a pixel costs at most; names decide between equals, so that orders are the same. */
    static final Comparator<Offer> DEAREST_FIRST =
            Comparator.comparingDouble(Offer::macsPerPixel)
                    .reversed()
                    .thenComparing(offer -> offer.bundle().name());

    Grant grant() {
        return decision.grant();
    }

    GrantedModel granted() {
        return new GrantedModel(
                bundle.name(), bundle.digest(), bundle.manifest().task(), grant().budget());
    }

    /** The pointer that each model would have been granted in an idle fleet, by digest. */
    static Map<String, Integer> wanted(List<Offer> offers) {
        return offers.stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                offer -> offer.bundle().digest(), offer -> offer.grant().wanted()));
    }

    private double macsPerPixel() {
        return bundle.macsPerPixel(grant().budget().target());
    }
}
